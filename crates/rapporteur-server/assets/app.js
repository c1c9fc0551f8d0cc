// Makes the pages handier; without it all of them can be read, searched and corrected.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // ── The reading pane: a citation opens beside the list. The address keeps what is open, so that it can be sent to
  // somebody, and the back button closes it.
  const pane = $("#pane");
  const legend = $("#legend");
  let opener = null; // where the keyboard goes back to
  let asked = 0; // only the answer to the last question is shown

  const READ = "#read=";
  const wanted = () =>
    location.hash.startsWith(READ) ? decodeURIComponent(location.hash.slice(READ.length)) : null;
  // A report of this server and nothing else, whatever an address says.
  const readable = (href) => {
    const url = new URL(href, location.origin);
    return url.origin === location.origin && /^\/report\/[0-9A-Za-z]+$/.test(url.pathname) ? url : null;
  };

  const markOpen = (href) => {
    for (const a of all("a.cite.open")) a.classList.remove("open");
    if (href) for (const a of all("a.cite, a.beside")) if (a.getAttribute("href") === href) a.classList.add("open");
  };

  const close = () => {
    if (!pane || pane.hidden) return;
    pane.hidden = true;
    if (legend) legend.hidden = false;
    pane.replaceChildren();
    markOpen(null);
  };

  const open = async (href) => {
    const url = readable(href);
    if (!url) return;
    const mine = ++asked;
    markOpen(href);
    let reading = null;
    try {
      const answer = await fetch(url.pathname + url.search, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      reading = $("#reading", page) || $("main", page);
    } catch {
      location.assign(url); // the page itself says what is wrong
      return;
    }
    if (mine !== asked || !reading) return;
    const title = $("h1", reading);
    if (title) title.replaceWith(make("h2", { dir: "auto", class: "title" }, title.textContent)); // one h1 a page
    const head = $(".reading-head", reading); // outlet, day and title stay in view
    if (head) head.remove();
    const page = make("a", { class: "page", href: url.pathname + url.search + url.hash }, "as a page");
    const shut = make("button", { type: "button" }, "Close");
    shut.addEventListener("click", leave);
    const cited = $(".cite-as pre", reading);
    const tools = make("p", { class: "pane-tools" }, page);
    if (cited) tools.prepend(copier("Copy citation", async () => cited.textContent), " ", copier("Copy link", async () => page.href), " ");
    for (const copy of all(".copy.cite-as", reading)) copy.remove(); // the bar has it
    const bar = make("div", { class: "pane-bar" }, ...(head ? [document.importNode(head, true)] : []), shut, tools);
    pane.replaceChildren(bar, document.importNode(reading, true));
    if (legend) legend.hidden = true;
    pane.hidden = false;
    const words = $("mark.highlight", pane) || $(".compare", pane);
    pane.scrollTop = 0;
    const scroller = pane.scrollHeight > pane.clientHeight + 1 ? pane : $("#side");
    if (words) {
      const top = words.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
      scroller.scrollTop = Math.max(0, top - scroller.clientHeight * 0.35);
    }
    pane.setAttribute("aria-label", "Reading pane: " + (title ? title.textContent : "report"));
    pane.focus({ preventScroll: true });
  };

  // Closing is going back, if it was opened from here.
  const leave = () => {
    if (history.state && history.state.opened) history.back();
    else {
      history.replaceState(null, "", location.pathname + location.search);
      close();
    }
    if (opener && opener.isConnected) opener.focus();
  };

  const follow = () => {
    const href = wanted();
    if (href && pane) open(href);
    else close();
  };

  if (pane) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.cite, a.beside, a.outlet-name, .legend a");
      if (!link || event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const href = link.getAttribute("href");
      if (!href || !readable(href)) return;
      event.preventDefault();
      if (!link.closest("#pane")) opener = link;
      const state = { opened: true };
      const target = READ + encodeURIComponent(href);
      if (pane.hidden) history.pushState(state, "", target);
      else history.replaceState(history.state || state, "", target);
      open(href);
    });
    addEventListener("popstate", follow);
    if (wanted()) follow();
  } else {
    const words = $("#highlight");
    if (words && !location.hash) words.scrollIntoView({ block: "center" });
  }

  // ── As it was known on a day: the slider says its day while it moves, and goes there when it is let go.
  const day = $("#day");
  if (day) {
    const told = $(".asof output");
    const first = Date.parse(day.dataset.first + "T00:00:00Z");
    const date = () => new Date(first + Number(day.value) * 864e5);
    const form = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    const tell = () => {
      told.textContent = form.format(date()).replace("Sept", "Sep");
      day.setAttribute("aria-valuetext", told.textContent);
    };
    day.addEventListener("input", tell);
    day.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const to = new URL(day.form.action);
      for (const [key, value] of new FormData(day.form)) if (key !== "day") to.searchParams.set(key, value);
      if (day.value !== day.max) to.searchParams.set("as_of", date().toISOString().slice(0, 10));
      location.assign(to);
    });
    // A mouse lets go; keys move day by day and Enter shows.
    day.addEventListener("pointerup", () => setTimeout(() => day.value !== day.getAttribute("value") && day.form.requestSubmit()));
    day.addEventListener("keydown", (event) => event.key === "Enter" && day.form.requestSubmit());
  }

  // ── Filters of the search: what is not chosen does not stand in the address.
  for (const form of all("form.filters")) {
    form.addEventListener("formdata", (event) => {
      for (const [key, value] of [...event.formData]) if (!value) event.formData.delete(key); // short addresses
    });
  }

  // ── Since the last visit: kept in this browser alone.
  const visit = $("#visit");
  if (visit) {
    try {
      const key = "visit:" + location.pathname;
      const now = new Date().toISOString().slice(0, 19) + "Z";
      const known = JSON.parse(localStorage.getItem(key) || "{}");
      // Looks within half an hour are one visit.
      const fresh = known.last && Date.parse(now) - Date.parse(known.last) > 18e5;
      const before = fresh ? known.last : known.before;
      localStorage.setItem(key, JSON.stringify({ last: now, before }));
      if (before) {
        const to = new URL(location.pathname + location.search, location.origin);
        to.searchParams.set("since", before);
        visit.href = to.pathname + to.search;
        visit.title = before.replace("T", " ").replace("Z", " UTC");
        visit.hidden = false;
      }
    } catch { /* no storage, no memory of visits */ }
  }

  // ── Who corrects is remembered; a form that is open closes when another is opened.
  const who = () => all('main input[name="who"]');
  try {
    const name = localStorage.getItem("who");
    if (name) for (const input of who()) input.value = name;
    document.addEventListener("submit", (event) => {
      const input = event.target.querySelector('input[name="who"]');
      if (input && input.value.trim()) localStorage.setItem("who", input.value.trim());
    });
  } catch { /* the server's name stays */ }
  document.addEventListener("toggle", (event) => {
    if (!event.target.open || !event.target.matches(".fix")) return;
    for (const other of all(".fix[open]")) if (other !== event.target) other.open = false;
    const first = $("select", event.target);
    if (first) first.focus();
  }, true);

  // ── Bringing reports in: files are dropped on the form, or on any page of a story; while they are sent, it is told how
  // far they are, and while they are read, the page tells it anew.
  const form = $("#add");
  const adds = $("a.add");
  const size = (bytes) => (bytes < 1e5 ? Math.ceil(bytes / 1024) + " KiB" : (bytes / 1048576).toFixed(1) + " MiB");
  const send = (data, files, told) => {
    const request = new XMLHttpRequest();
    const bar = make("progress", { max: "1", value: "0", "aria-label": "How much is sent" });
    const words = make("span", {}, `Sending ${files} …`);
    told.replaceChildren(bar, " ", words);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = event.loaded / event.total;
      words.textContent = event.loaded < event.total ? `${size(event.loaded)} of ${size(event.total)} sent` : "Sent";
    });
    const failed = (why) => {
      told.replaceChildren(make("b", { class: "v-error" }, why));
      if (!form) setTimeout(() => (told.hidden = true), 8000);
      for (const button of all("button", form || document.createElement("p"))) button.disabled = false;
    };
    request.addEventListener("load", () => {
      // It has followed to where the upload is told of.
      if (request.status === 200) return location.assign(request.responseURL);
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      failed(($(".lead", page) || { textContent: "It was not taken." }).textContent);
    });
    request.addEventListener("error", () => failed("The connection broke off; nothing was kept."));
    request.open("POST", "/add");
    request.send(data);
  };
  const most = { bytes: 64, files: 200 };
  const count = (n) => (n === 1 ? "1 file" : `${n} files`);
  const tooMuch = (files) => {
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (files.length > most.files) return `These are ${files.length} files; ${most.files} are taken at once.`;
    if (bytes > most.bytes * 1048576) return `These are ${size(bytes)}; ${most.bytes} MiB are taken at once.`;
    return null;
  };
  // Files as they are, and those in folders that are dropped.
  const dropped = async (transfer) => {
    const entries = [...transfer.items].filter((i) => i.kind === "file").map((i) => [i.webkitGetAsEntry && i.webkitGetAsEntry(), i.getAsFile()]);
    const found = [];
    const enter = async (entry, file) => {
      if (found.length > most.files || entry && entry.name.startsWith(".")) return;
      if (!entry || !entry.isDirectory) {
        const got = file || (entry && (await new Promise((done) => entry.file(done, () => done(null)))));
        if (got) found.push(got);
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done) => reader.readEntries(done, () => done([])));
        if (!some.length) return;
        for (const inside of some) await enter(inside, null);
      }
    };
    for (const [entry, file] of entries) await enter(entry, entry && entry.isDirectory ? null : file);
    return found;
  };
  const brings = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  if (form) {
    Object.assign(most, { bytes: Number(form.dataset.most), files: Number(form.dataset.files) });
    const input = $('input[type="file"]', form);
    const list = $(".chosen", form);
    form.classList.add("scripted");
    const told = $("#sending");
    let files = [];
    const show = () => {
      list.hidden = !files.length;
      list.replaceChildren(...files.map((file, at) => {
        const out = make("button", { type: "button", title: "Leave it out", "aria-label": `Leave out ${file.name}` }, "×");
        out.addEventListener("click", () => (files.splice(at, 1), show()));
        return make("li", {}, make("span", { class: "file", dir: "auto" }, file.name), " ", make("span", { class: "dim num" }, size(file.size)), " ", out);
      }));
      told.textContent = tooMuch(files) || "";
    };
    const take = (more) => {
      for (const file of more) if (!files.some((f) => f.name === file.name && f.size === file.size)) files.push(file);
      input.value = "";
      show();
    };
    input.addEventListener("change", () => take(input.files));
    form.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return; // text goes where it is pasted
      event.preventDefault();
      take(event.clipboardData.files);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(form);
      data.delete("files");
      for (const file of files) data.append("files", file, file.name);
      const given = files.length || ["text", "address"].some((name) => (data.get(name) || "").trim());
      const why = given ? tooMuch(files) : "Choose a file, paste a text, or give an address.";
      if (why) return void told.replaceChildren(make("b", { class: "v-error" }, why));
      for (const button of all("button", form)) button.disabled = true;
      send(data, files.length ? count(files.length) : "it", told);
    });
    form.takeFiles = take;
  }
  if (adds) {
    const over = make("div", { class: "drop-here", role: "status", hidden: "" });
    document.body.append(over);
    const into = () => (form ? "Drop to choose them" : adds.dataset.story ? "Drop to add them to this story" : "Drop to add them");
    let inside = 0;
    addEventListener("dragenter", (event) => {
      if (!brings(event)) return;
      inside += 1;
      over.textContent = into();
      over.hidden = false;
    });
    addEventListener("dragleave", (event) => {
      if (brings(event) && --inside <= 0) over.hidden = true;
    });
    addEventListener("dragover", (event) => brings(event) && event.preventDefault());
    addEventListener("drop", async (event) => {
      if (!brings(event)) return;
      event.preventDefault();
      inside = 0;
      const files = await dropped(event.dataTransfer);
      if (form) {
        over.hidden = true;
        return form.takeFiles(files);
      }
      const why = files.length ? tooMuch(files) : "There is no file in it.";
      if (why) {
        over.textContent = why;
        return void setTimeout(() => (over.hidden = true), 4000);
      }
      const data = new FormData();
      data.append("csrf", adds.dataset.csrf); // first: nothing is taken in without it
      data.append("story", adds.dataset.story);
      for (const file of files) data.append("files", file, file.name);
      send(data, count(files.length), over);
    });
  }
  if ($("#added[data-working]")) {
    const again = async () => {
      try {
        const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
        const now = $("#added", page);
        if (!now) return location.reload();
        $("#added").replaceWith(document.importNode(now, true));
        if (!("working" in now.dataset)) return;
      } catch { /* the server may be there again the next time */ }
      setTimeout(again, 700);
    };
    setTimeout(again, 400);
  }

  // ── Copying: a difference as Markdown, words as one cites them, the address of a line.
  const copier = (name, text, shown) => {
    const button = make("button", { type: "button", class: "copies" }, name);
    button.addEventListener("click", async () => {
      const words = await text();
      try {
        await navigator.clipboard.writeText(words);
        button.textContent = "Copied";
      } catch {
        if (shown) getSelection().selectAllChildren(shown);
        button.textContent = shown ? "Selected" : "Not allowed here";
      }
      setTimeout(() => (button.textContent = name), 2500);
    });
    return button;
  };
  for (const copy of all(".copy")) {
    const words = $("pre", copy);
    copy.append(copier("Copy", async () => words.textContent, words));
  }
  // What is cited by a line, each place as one cites it: the page of the report says how.
  const citations = async (fact) => {
    const links = all("a.cite", fact).map((a) => readable(a.getAttribute("href"))).filter(Boolean);
    const told = [...new Set(links.map((url) => url.pathname + url.search))].slice(0, 8).map(async (href) => {
      const page = new DOMParser().parseFromString(await (await fetch(href)).text(), "text/html");
      const words = $(".cite-as pre", page);
      return words ? words.textContent : location.origin + href;
    });
    return (await Promise.all(told)).join("\n");
  };
  document.addEventListener("toggle", (event) => {
    const fix = event.target;
    if (!fix.open || !fix.matches(".fix") || $(".copies", fix)) return;
    const [row, fact, link] = [$("form > p:last-child, .links > p", fix), fix.closest("[data-fact]"), $('a[href^="/fact/"]', fix)];
    if (!row || !fact || !link) return;
    row.append(" ", copier("Copy link", async () => link.href), " ", copier("Copy citation", () => citations(fact)));
  }, true);
  const take = $(".take");
  if (take) {
    const print = make("button", { type: "button" }, "Print");
    print.addEventListener("click", () => window.print());
    take.append(print);
  }

  // ── Keys.
  const facts = () => all("main [data-fact], main .hits > li").filter((f) => f.offsetParent !== null && $("a.cite", f));
  let at = -1;
  const go = (step) => {
    const list = facts();
    if (!list.length) return;
    const here = list.findIndex((f) => f.contains(document.activeElement));
    at = Math.min(list.length - 1, Math.max(0, (here >= 0 ? here : at) + step));
    for (const f of all(".here")) f.classList.remove("here");
    list[at].classList.add("here");
    const link = $("a.cite", list[at]);
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
    if (pane && !pane.hidden && innerWidth >= 1100) link.click(), setTimeout(() => link.focus(), 200);
  };
  const across = (step) => {
    const here = document.activeElement.closest("a.cite, a.beside");
    if (!here || !here.closest("[data-fact]")) return false;
    const links = all("a.cite, a.beside", here.closest("[data-fact]"));
    const next = links[links.indexOf(here) + step];
    if (next) next.focus();
    return Boolean(next);
  };

  let help = null;
  const showHelp = async () => {
    if (!help) {
      const page = new DOMParser().parseFromString(await (await fetch("/about")).text(), "text/html");
      const keys = $(".keys", page);
      if (!keys) return;
      const shut = make("button", { type: "button", autofocus: "" }, "Close");
      help = make("dialog", { "aria-labelledby": "keys" }, make("h2", { id: "keys" }, "Keys"), document.importNode(keys, true), shut);
      shut.addEventListener("click", () => help.close());
      document.body.append(help);
    }
    help.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      const form = $(".fix[open]");
      if (form) {
        form.open = false;
        $("summary", form).focus();
      } else if (typing) typing.blur();
      else if (pane && !pane.hidden) leave();
      return;
    }
    if (typing || (help && help.open)) return;
    const actions = {
      "/": () => $("#q") && ($("#q").focus(), $("#q").select()),
      "?": showHelp,
      j: () => go(1),
      k: () => go(-1),
      ArrowDown: () => go(1),
      ArrowUp: () => go(-1),
      ArrowRight: () => across(1),
      ArrowLeft: () => across(-1),
      e: () => {
        const fact = document.activeElement.closest("[data-fact]");
        const fix = fact && $(".fix", fact);
        if (fix) fix.open = true;
      },
    };
    const action = actions[event.key];
    // In a text that is read, arrows scroll.
    if (!action || (event.key.startsWith("Arrow") && event.target.closest("#pane, .scroll:focus, svg"))) return;
    if (action() !== false) event.preventDefault();
  });
})();
