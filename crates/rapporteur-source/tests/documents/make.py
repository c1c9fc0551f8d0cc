#!/usr/bin/env python3
"""Makes the documents of this folder, of an invented story, with the programs that people have: pandoc writes DOCX, ODT and RTF,
python-docx another DOCX with a table, Python's libraries the mail box and the table.

    python3 -m venv v && v/bin/pip install pypandoc_binary python-docx && v/bin/python make.py
"""
import csv
import mailbox
import pathlib
from email.message import EmailMessage

import docx
import pypandoc

HERE = pathlib.Path(__file__).parent
TEXT = """---
title: Weir stays open
author: Ada Lind
---

# Weir stays open

TORNVIK, 5 May 2031 (Harbour Post) -- The weir at Tornvik stays open, said Mirko Dahl, the head of the Lock Board.^[He spoke at the gate.]

"We will not close it for one ship," he told *reporters* in a café. It costs 8 € a day.

- The fee rises.
- The pilots' pay does not.

| Ship | Fee |
|------|-----|
| Anna | 12  |
"""
for kind in ["docx", "odt", "rtf"]:
    pypandoc.convert_text(TEXT, kind, format="markdown", outputfile=str(HERE / f"weir.{kind}"), extra_args=["--standalone"])

document = docx.Document()
document.core_properties.title = "Minutes"
document.core_properties.author = "Jon Berg"
document.add_heading("Minutes of the Lock Board", 0)
document.add_paragraph("The board met on Monday, 5 May 2031.")
table = document.add_table(rows=1, cols=2)
table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Present", "Mirko Dahl, Agnes Rauch"
document.sections[0].header.paragraphs[0].text = "Confidential"
document.save(HERE / "minutes.docx")

(HERE / "box.mbox").unlink(missing_ok=True)
box = mailbox.mbox(HERE / "box.mbox")
for n, (sender, subject, body) in enumerate([
    ('"Harbour Alerts" <alerts@post.example>', "Alert: weir", "The weir stays open, the board said.\nFrom Monday on ships may pass.\n"),
    ("Ada Lind <ada@post.example>", "Fwd: minutes", "See below.\n-- \nAda Lind\nHarbour Post\n"),
]):
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = sender, subject, f"Tue, 0{n + 6} May 2031 08:00:00 +0200"
    mail["Message-ID"] = f"<{n}@post.example>"
    if n == 0:
        mail["List-Id"] = "<alerts.post.example>"
    mail.set_content(body)
    if n == 1:
        mail.add_attachment((HERE / "minutes.docx").read_bytes(), maintype="application",
                            subtype="vnd.openxmlformats-officedocument.wordprocessingml.document", filename="minutes.docx")
        mail.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="gate.png")
    box.add(mail)
box.flush()

rows = [["Headline", "Text", "Date", "Source", "URL"],
        ["Weir stays open", "The weir stays open, the board said.\nNobody asked \"why\".", "2031-05-05", "Harbour Post", "https://post.example/1"],
        ["Owners object", "The owners rejected the plan; Helmi Strand said so.", "6 May 2031", "Tornvik Letter", ""],
        ["No text", "", "2031-05-07", "Nobody", ""]]
with open(HERE / "clips.csv", "w", newline="") as out:
    csv.writer(out).writerows(rows)
with open(HERE / "clips.tsv", "w", newline="", encoding="utf-16") as out:
    csv.writer(out, delimiter="\t").writerows(rows[:3])
