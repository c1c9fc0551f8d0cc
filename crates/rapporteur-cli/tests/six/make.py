#!/usr/bin/env python3
"""Makes the six documents of this folder, an invented story, with the programs that people have: Chromium prints the PDF, pandoc
writes DOCX and ODT, Python's mail library the message. The results are kept in the repository, for those programs are not on
every machine.

    python3 -m venv v && v/bin/pip install pypandoc_binary && v/bin/python make.py
"""
import pathlib
import subprocess
import tempfile
from email.message import EmailMessage

import pypandoc

HERE = pathlib.Path(__file__).parent

(HERE / "harbour-post.txt").write_text("""Weir stays open, board says

TORNVIK, 5 May 2031 (Harbour Post) - The weir at Tornvik will stay open until the snow has melted, the Lock Board said on Monday after talks with the shipowners in Tornvik.

“We will not close it for one ship,” Mirko Dahl, the head of the board, told reporters. The owners' speaker, Helmi Strand, rejected the plan.

The two sides are to meet again on Friday.
""")

PDF = """<html><head><title>Ministry puts forward a plan for the weir</title><meta charset="utf-8">
<style>body{font:11pt serif} .c{columns:2;column-gap:24pt;text-align:justify} h1{font-size:20pt}</style></head><body>
<h1>Ministry puts forward a plan for the weir</h1>
<p>Press notice of the Ministry of Traffic, 6 May 2031</p><div class="c">
<p>The Ministry of Traffic has put forward a plan of nine points for the weir at Tornvik. Ships may pass at night from June on, if the
water is low enough, and the fee rises by a tenth.</p>
<p>“The plan gives both sides what they need most,” said the minister, Tomas Elling. He had spoken by telephone with Mirko Dahl, the head
of the Lock Board, on Sunday, and with Helmi Strand of the shipowners on Monday evening.</p>
<p>The minister said the Lock Board accepted the plan in principle. It asks for a clause on the pilots, whose pay was not part of the talks
until now, and for a later date.</p>
<p>The talks go on in Tornvik on Friday. “I expect an agreement before the summer,” Elling said. He will take part in them himself, and so
will the mayor of Tornvik, Agnes Rauch, who had offered the town hall for it.</p>
<p>Some forty ships wait below the weir. Their cargo is grain, timber and stone; the oldest of them has been there since the second week of
April, and its crew has been sent home.</p>
</div></body></html>"""

DOCX = """---
title: Owners reject night passage
author: Helmi Strand
---

Shipowners' Association, 6 May 2031

The Shipowners' Association rejects the plan of the ministry. “Night passage without pilots is no offer, it is a risk,” said Helmi Strand, the speaker of
the association, on Tuesday.[^1]

The association demands that the weir be closed for two days a week. It will take part in the talks on Friday only if the fee is on the table.

[^1]: She spoke at the gate of the lock in Tornvik.
"""

ODT = """---
title: Pilots want a seat
---

Union of Pilots, 7 May 2031

The Union of Pilots demands a seat at the talks. “Nobody has asked us,” its chair, Jon Berg, said on Wednesday. The union supports the plan of the
ministry but wants the clause on pilots rewritten.
"""

for name, text, kind in [("owners.docx", DOCX, "docx"), ("pilots.odt", ODT, "odt")]:
    pypandoc.convert_text(text, kind, format="markdown", outputfile=str(HERE / name))

with tempfile.TemporaryDirectory() as folder:
    page = pathlib.Path(folder) / "page.html"
    page.write_text(PDF)
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={HERE / 'ministry.pdf'}", str(page)], check=True)

mail = EmailMessage()
mail["From"] = '"The Tornvik Letter" <letter@tornvik.example>'
mail["To"] = "readers@tornvik.example"
mail["Subject"] = "Talks on the weir go on – on Friday"
mail["Date"] = "Wed, 07 May 2031 06:30:00 +0200"
mail["Message-ID"] = "<7@tornvik.example>"
mail["List-Unsubscribe"] = "<https://tornvik.example/leave>"
mail.set_content("View this letter in your browser: https://tornvik.example/7\n")
mail.add_alternative("""<html><body><table><tr><td><h1>Talks on the weir go on</h1>
<p>The minister, Tomas Elling, has called both sides to the town hall of Tornvik on Friday. The mayor, Agnes Rauch, denied that the town had
been asked to pay for the pilots.</p><p>“We lend a room, and nothing else,” Rauch told The Tornvik Letter.</p></td></tr></table></body></html>""", subtype="html")
(HERE / "letter.eml").write_bytes(mail.as_bytes())

(HERE / "interview.srt").write_text("""1
00:00:01,000 --> 00:00:04,000
HOST: Mr Dahl, will the weir
be closed at all this spring?

2
00:00:04,200 --> 00:00:08,000
MIRKO DAHL: The board will close it
when the snow has melted.

3
00:00:08,000 --> 00:00:12,500
We have accepted the minister's plan
in principle. We want a later date.

4
00:00:13,000 --> 00:00:15,000
HOST: Thank you.
""")
