// A dossier on the desk: served to the tests, with the addresses of its pages and the words behind a citation.

import path from 'node:path';

import { ROOT, dossier, rapporteur, seedFiles, serve } from './harness.js';

/** Our two stories in one dossier; the first is the strait. */
export async function examples(...flags) {
  return desk(['strait', 'wages'].map((name) => path.join(ROOT, 'examples', name)), 'Averick', 'strait', ...flags);
}

/** The seeds in a dossier. */
export async function seeds() {
  return desk(seedFiles(), 'talks', 'seeds');
}

/** These reports, served; `term` is found in many of them. */
export async function desk(inputs, term, name, ...flags) {
  const file = await dossier(...inputs);
  const stories = JSON.parse(await rapporteur('stories', '--from', file, '--format', 'json'));
  const reports = JSON.parse(await rapporteur('list', '--from', file, '--format', 'json'));
  // The one of most reports.
  const story = stories.toSorted((a, b) => b.reports - a.reports)[0].id;
  const server = await serve(file, ...flags);
  return { name, file, term, story, reports, ...server, url: (view) => server.origin + view };
}

/** Every view there is, by name. */
export function views({ story, term, reports }) {
  const one = `/story/${story}`;
  return {
    home: '/',
    story: one,
    all: '/story/all',
    said: `${one}/said`,
    differ: `${one}/differ`,
    positions: `${one}/positions`,
    outlets: `${one}/outlets`,
    timeline: `${one}/timeline`,
    names: `${one}/names`,
    check: `${one}/check`,
    ask: `${one}/ask?q=how+many+ships+are+waiting+and+who+wants+what`,
    search: `/search?q=${term}`,
    report: `/report/${reports[0].id}`,
    lit: `/report/${reports[0].id}?at=0-12,40-60`,
    add: `/add?story=${story}`,
    starred: '/starred',
    log: '/log',
    about: '/about',
  };
}

/** The names of all views, to make a test for each before there is a dossier. */
export const VIEWS = Object.keys(views({ story: '', term: '', reports: [{ id: '' }] }));
/** Those that show facts, each with its citations. */
export const FACTS = ['story', 'all', 'said', 'differ', 'positions', 'outlets', 'timeline', 'names'];

/** The words that a citation's address names, from the report as the API gives it, counted in code points. */
export async function cited(origin, href) {
  const url = new URL(href, origin);
  const id = url.pathname.split('/').at(-1);
  const answer = await (await fetch(`${origin}/api/report/${id}`)).json();
  const letters = Array.from(answer.text);
  const spans = url.searchParams.get('at').split(',').map((span) => span.split('-').map(Number));
  // Places that touch or overlap are lit as one.
  const lit = new Set(spans.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i)));
  return [...lit].toSorted((a, b) => a - b).map((at) => letters[at]).join('');
}

/** The lit words of the page; a line break between two marks is no word. */
export function lit(page) {
  return page.locator('mark.highlight').allTextContents().then((all) => all.join(''));
}

export function squeezed(text) {
  return text.replace(/\s+/g, '');
}

/** Unfolds everything that is read; forms would lie over what is to be clicked. */
export function unfold(page) {
  return page.evaluate(() => document.querySelectorAll('main details:not(.fix)').forEach((d) => (d.open = true)));
}
