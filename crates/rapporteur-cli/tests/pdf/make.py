#!/usr/bin/env python3
"""Makes the PDFs of this folder, of an invented story, with ReportLab: two columns over pages with running heads, columns drawn line by
line across, a picture of a page, one page of text and one of picture, one behind a password, a table.

    python3 -m venv v && v/bin/pip install reportlab pillow && v/bin/python make.py
"""
import pathlib
import textwrap

from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table, Image, SimpleDocTemplate, PageBreak, Spacer
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.lib.pdfencrypt import StandardEncryption
OUT = pathlib.Path(__file__).parent
st = getSampleStyleSheet()
P = lambda t, s="Normal": Paragraph(t, st[s])
long = ["The harbour board of Tornvik met on Monday to look at the new offer of the dockers, who have been out since the first of May. It did not vote. Its head, Mirko Dahl, said the board would meet again on Thursday, when the figures of the last quarter are there.",
"\u201cWe have heard the dockers, and we have heard the owners,\u201d Dahl told reporters. \u201cNow we need the figures.\u201d The owners had asked for a vote at once.",
"The dockers demand eight per cent more pay. Their speaker, Jon Berg, rejected the offer of four per cent on Sunday and called for a conciliator, whom both sides would have to accept.",
"The ministry of traffic said on Tuesday that it would name one, if it were asked by both. It has not been asked by the owners, it added, and would not wait for long."]
def two(name, n):
    d = BaseDocTemplate(str(OUT/name), pagesize=A4, title="Dockers wait for figures", author="Ada Lind")
    w = (A4[0]-144-18*(n-1))/n
    fr = [Frame(72+i*(w+18), 72, w, A4[1]-144, leftPadding=0, rightPadding=0, id=str(i)) for i in range(n)]
    def head(c, doc): c.setFont("Helvetica", 9); c.drawString(72, A4[1]-50, "The Tornvik Post"); c.drawCentredString(A4[0]/2, 40, str(doc.page))
    d.addPageTemplates([PageTemplate(frames=fr, onPage=head)])
    d.build([P("Dockers wait for figures", "Heading1")]+[P(t, "Normal") for t in long*8])
two("two.pdf", 2)
d = SimpleDocTemplate(str(OUT/"table.pdf")); d.build([P("Fees"), Table([["Ship","Fee","Cargo"],["Anna","12","grain and stone"],["Berta","14","timber of the north"],["Carl","9","stone"]])])
from PIL import Image as I
im = I.new("RGB",(600,800),"white"); im.save("/tmp/scan.png")
c = canvas.Canvas(str(OUT/"scanned.pdf")); c.drawImage("/tmp/scan.png",0,0,500,700); c.showPage(); c.save()
c = canvas.Canvas(str(OUT/"mixed.pdf")); c.drawString(72,700,"The weir stays open until the snow has melted, the board said."); c.showPage(); c.drawImage("/tmp/scan.png",0,0,500,700); c.showPage(); c.save()
c = canvas.Canvas(str(OUT/"locked.pdf"), encrypt=StandardEncryption("secret", ownerPassword="x")); c.drawString(72,700,"The weir stays open."); c.showPage(); c.save()
# interleaved drawing: line by line across two columns
c = canvas.Canvas(str(OUT/"interleaved.pdf"))
a = textwrap.wrap(" ".join(long[:2]), 42); b = textwrap.wrap(" ".join(long[2:]), 42)
for i,(l,r) in enumerate(zip(a,b)): c.setFont("Helvetica",10); c.drawString(72,700-12*i,l); c.drawString(320,700-12*i,r)
c.showPage(); c.save()

# Two GiB of spaces, packed twice: what unpacks a page's contents without a limit does not live to draw them.
import zlib
packer, packed = zlib.compressobj(9), b""
for _ in range(2048):
    packed += packer.compress(b" " * (1 << 20))
(OUT / "bomb.bin").write_bytes(zlib.compress(packed + packer.flush(), 9))
