"""Small PDFs made on the fly: pages of typed lines, the same as scans, a memorandum in either form."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

WIDTH, HEIGHT = 612, 792


class Put(NamedTuple):
    """A line of text and where its left end stands, in points from the page's upper left."""

    left: float
    top: float
    text: str
    size: float = 11


def pdf(
    pages: Sequence[Sequence[Put]], extra: Mapping[int, bytes] | None = None, trailer: bytes = b""
) -> bytes:
    """A PDF of typed pages.

    Args:
        extra: further objects by number, from 4 + 2 * pages on.
        trailer: further entries of the trailer.
    """
    streams = [b"\n".join(_shown(put) for put in page) for page in pages]
    return _write([_stream(s) for s in streams], b"/Font << /F1 3 0 R >>", [b""] * len(pages), extra, trailer)


def scanned(typed: bytes, dpi: int = 200) -> bytes:
    """The same pages as pictures without text, as a scanner makes them."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(typed)
    images, numbers = [], []
    for number in range(len(document)):
        bitmap = document[number].render(scale=dpi / 72, grayscale=True)
        rows = bytes(bitmap.buffer)
        data = b"".join(rows[r * bitmap.stride :][: bitmap.width] for r in range(bitmap.height))
        head = (
            f"/Type /XObject /Subtype /Image /Width {bitmap.width} /Height {bitmap.height} "
            "/ColorSpace /DeviceGray /BitsPerComponent 8 "
        )
        images.append(_stream(data, head.encode()))
        numbers.append(4 + 2 * len(document) + number)
    show = _stream(f"{WIDTH} 0 0 {HEIGHT} 0 0 cm /Im0 Do".encode())
    named = [f"/XObject << /Im0 {n} 0 R >>".encode() for n in numbers]
    return _write([show] * len(document), b"", named, dict(zip(numbers, images, strict=True)))


def bomb(unpacked: int) -> bytes:
    """A PDF whose one page's contents unpack to so many bytes from next to none."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(b"0 0 m\n" * (1 << 18)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = b"\x78\xda" + once * (unpacked // (6 << 18)) + b"\x03\x00"
    return _write([_raw(data, b"/Filter /FlateDecode ")], b"", [b""])


def locked(typed_pages: Sequence[Sequence[Put]]) -> bytes:
    """A PDF that opens only with a password."""
    number = 4 + 2 * len(typed_pages)
    secret = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"28" * 32 + b"> /U <" + b"a1" * 32 + b"> >>"
    return pdf(typed_pages, {number: secret}, f"/Encrypt {number} 0 R /ID [<00> <00>]".encode())


def _shown(put: Put) -> bytes:
    text = put.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    head = f"BT /F1 {put.size} Tf {put.left} {HEIGHT - put.top} Td ("
    return head.encode() + text.encode("cp1252", "replace") + b") Tj ET"


def _stream(data: bytes, head: bytes = b"") -> bytes:
    return _raw(zlib.compress(data), head + b"/Filter /FlateDecode ")


def _raw(data: bytes, head: bytes) -> bytes:
    return b"<< " + head + f"/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _write(
    contents: Sequence[bytes],
    resources: bytes,
    own: Sequence[bytes],
    extra: Mapping[int, bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    kids = []
    for n, (content, named) in enumerate(zip(contents, own, strict=True)):
        page, stream = 4 + 2 * n, 5 + 2 * n
        kids.append(f"{page} 0 R")
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /Resources << " + resources + named
            + f" >> /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {stream} 0 R >>".encode()
        )  # fmt: skip
        objects[stream] = content
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects |= extra or {}
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number in sorted(objects):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += f"{places.get(number, 0):010} 00000 {'n' if number in places else 'f'} \n".encode()
    out += f"trailer\n<< /Size {size} /Root 1 0 R ".encode() + trailer
    return bytes(out + f" >>\nstartxref\n{start}\n%%EOF\n".encode())


# A memorandum ------------------------------------------------------------------------------------

MODELS = {
    "jem": "287(g) Jail Enforcement Model",
    "tfm": "287(g) Task Force Model",
    "wso": "Warrant Service Officer Program",
}
TERMS = """
E. COSTS AND EXPENDITURES
The LEA is responsible for personnel expenses, including, but not limited to, salaries and benefits, local transportation, and official issue material. ICE will provide instructors and training materials. The LEA is responsible for the salaries and benefits, including any overtime, of all of its personnel being trained or performing duties under this MOA. {travel} ICE is responsible for the installation and maintenance of the Information Technology (IT) infrastructure.
The LEA is responsible for providing all administrative supplies (e.g. paper, printer toner) necessary for normal office operations.
G. INTERPRETATION SERVICES
Qualified foreign language interpreters will be provided by the LEA, as needed.
H. LIABILITY
Except as otherwise noted in this MOA, the LEA will be responsible and bear the costs of participating LEA personnel with regard to their property or personal expenses incurred by reason of death, injury, or incidents giving rise to liability.
COMPLAINT PROCEDURE
If any participating LEA personnel are the subject of a complaint or allegation, the LEA shall make timely notification to an ICE officer within {hours} hours of the LEA receiving notice of the complaint. The results of any internal investigation or inquiry connected to the complaint shall also be reported to an ICE officer, but no later than 30 days from the date of the resolution. It is the responsibility of the ICE officer to ensure notification is made to the ICE Office of Professional Responsibility (OPR) at ICEOPRIntake@ice.dhs.gov or 1-833-555-0123.
VIII. EFFECTIVE DATE, SUSPENSION, AND TERMINATION OF THIS MOA
{runs} Termination by the LEA shall be provided, in writing, to the local Field Office.
In instances where serious misconduct or violations of the terms of the MOA come to the attention of ICE, the ICE Director may elect to immediately suspend the MOA pending investigation of the misconduct.
If ICE decides to move from suspension to termination, ICE will provide the LEA a {days}-day notice in advance of the partnership being terminated. ICE's decision to terminate a MOA will be published on ICE's website {days} days in advance of the MOA's termination.
"""  # noqa: E501
OPEN = "This MOA becomes effective upon signature of both parties and will remain in effect until either party terminates or suspends the MOA."  # noqa: E501
ICE_PAYS = (
    "ICE is responsible for the costs of the LEA personnel's travel expenses while in a training status."
)


def memorandum(
    agency: str = "Example County Sheriff's Office",
    model: str = "jem",
    agency_day: str = "March 4, 2025",
    ice_day: str = "March 7, 2025",
    runs: str = OPEN,
    travel: str = ICE_PAYS,
    hours: int = 48,
    days: int = 90,
    address: str = "Anytown, FL 32001",
    signatory: str = "Jane Q. Example",
) -> list[list[Put]]:
    """The pages of a memorandum: its head, its terms, its signatures, its points of contact."""
    head = (
        "This Memorandum of Agreement (MOA) constitutes an agreement between U.S. Immigration and Customs "
        "Enforcement (ICE), a component of the Department of Homeland Security (DHS), and the "
        f"{agency}, hereinafter the law enforcement agency (LEA), pursuant to which ICE delegates to "
        "nominated, trained, certified, and authorized LEA personnel the authority to perform certain "
        "immigration enforcement functions as specified herein. Section 287(g) of the Immigration and "
        "Nationality Act, 8 U.S.C. 1357(g), authorizes it."
    )
    first = [Put(220, 60, "MEMORANDUM OF AGREEMENT"), Put(210, 76, MODELS[model]), Put(60, 96, "I. PARTIES")]
    terms = TERMS.format(travel=travel, hours=hours, runs=runs, days=days).strip().split("\n")
    law = (
        "By signing this MOA, each party represents it is fully authorized to enter into this MOA, accepts "
        "the terms, responsibilities, obligations, and limitations of this MOA, and agrees to be bound "
        "thereto to the fullest extent allowed by law."
    )
    rows = [
        ("For the LEA:", "", "For ICE:", ""),
        ("Date:", agency_day, "Date:", ice_day),
        ("Signature:", "", "Signature:", ""),
        ("Name:", signatory, "Name:", "Terry M. Sample"),
        ("Title:", "Sheriff", "Title:", "Acting Director"),
        ("Agency:", agency, "Agency:", "U.S. Immigration and Customs"),
    ]
    signed = _wrapped([law], 60)
    for n, (left, mine, right, theirs) in enumerate(rows):
        top = 200 + 28 * n
        signed += [
            Put(60, top, left),
            Put(110, top - 2, mine),
            Put(320, top, right),
            Put(370, top - 2, theirs),
        ]
    contact = [Put(200, 60, "APPENDIX C POINTS OF CONTACT"), Put(60, 100, "For the LEA:")]
    contact += [Put(60, 116 + 14 * n, line) for n, line in enumerate(
        ["John Private, 1 Main Street", address, "(352) 555-0199", "john.private@example.org"])]  # fmt: skip
    contact += [
        Put(60, 200, "For ICE:"),
        Put(60, 214, "Office of Public Affairs, Washington, DC 20536, 202-555-4242"),
    ]
    pages = [[*first, *_wrapped([head], 112)], _wrapped(terms, 60), signed, contact]
    return [
        [*page, Put(60, 750, agency), Put(300, 750, str(n)), Put(460, 750, "Revised 02/15/2025")]
        for n, page in enumerate(pages, 1)
    ]


def _wrapped(paragraphs: Sequence[str], top: float) -> list[Put]:
    """Paragraphs as lines of at most 95 characters."""
    import textwrap

    lines: list[Put] = []
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, 95) or [""]:
            lines.append(Put(60, top, line, 10))
            top += 13
    return lines


def written(folder: Path, data: bytes, name: str = "ExampleCountyFL_JEM_MOA.pdf") -> Path:
    """A file in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path
