"""A workbook's zip, opened without trusting it, and a plain one made of what was checked.

calamine gets to see the second only: no part that was not measured, no name read two ways.
Parts are looked up by exact name; nothing is written to disk, so paths in names do no harm.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from .limits import LIMITS, Limits
from .problems import FETCH_AGAIN, UnreadableError

#: What deflate can make of a byte at most.
_DEFLATE_RATIO = 1032
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_MARK, _END_64_MARK = b"PK\x05\x06", b"PK\x06\x07"
#: A directory of 2,000 parts takes about half of this.
_DIRECTORY = 1 << 19


@dataclass
class Package:
    """The parts of an Office document; ``part`` unzips one, within limits."""

    data: bytes
    directory: dict[str, zipfile.ZipInfo]
    limits: Limits = LIMITS
    unzipped: int = 0

    def part(self, name: str) -> bytes | None:
        """The part's bytes, or None when there is no such part.

        Raises UnreadableError when it is too large, damaged, of another size than the directory
        says, or holds an XML document type (where entity bombs live).
        """
        info = self.directory.get(name.lower())
        if info is None:
            return None
        if info.file_size > self.limits.part:
            raise UnreadableError(f"the part {name} is {info.file_size:,} bytes unzipped", _LARGE)
        self.unzipped += info.file_size
        if self.unzipped > self.limits.unzipped:
            raise UnreadableError(f"its parts exceed {self.limits.unzipped:,} bytes unzipped", _LARGE)
        content = self._unzip(name, info)
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise UnreadableError(
                f"the part {name} is not what the zip's directory says (size or checksum)", FETCH_AGAIN
            )
        _refuse_unsafe_xml(name, content)
        return content

    def _unzip(self, name: str, info: zipfile.ZipInfo) -> bytes:
        header = self.data[info.header_offset : info.header_offset + _LOCAL.size]
        if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
            raise UnreadableError(f"the part {name} is not where the zip's directory says", FETCH_AGAIN)
        *_, name_length, extra_length = _LOCAL.unpack(header)
        start = info.header_offset + _LOCAL.size + name_length + extra_length
        packed = memoryview(self.data)[start : start + info.compress_size]
        if info.flag_bits & 1:
            raise UnreadableError(f"the part {name} is encrypted", _UNLOCK)
        if info.compress_type == zipfile.ZIP_STORED:
            return bytes(packed)
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise UnreadableError(
                f"the part {name} is packed by a method that Office does not use", FETCH_AGAIN
            )
        if info.file_size > max(self.limits.modest, info.compress_size * self.limits.ratio):
            raise UnreadableError(
                f"the part {name} unzips to more than {self.limits.ratio} times its size", _LARGE
            )
        try:
            if info.compress_size * _DEFLATE_RATIO <= 2 * self.limits.part:
                # However its size lies, it fits; and this way takes half the time.
                return zlib.decompress(packed, -15, info.file_size or 1)
            # One byte more than declared is enough to catch a size that lies.
            return zlib.decompressobj(-15).decompress(packed, info.file_size + 1)
        except zlib.error as error:
            raise UnreadableError(f"the part {name} cannot be unzipped ({error})", FETCH_AGAIN) from None


_LARGE = "Open it in a spreadsheet program, copy the list alone into a new workbook and add that beside it."
_UNLOCK = "Open it with its password in a spreadsheet program and save it without one."


def open_package(data: bytes, limits: Limits = LIMITS) -> Package:
    """Open a zip that may be an Office document.

    Raises UnreadableError when it is no whole zip, has too many parts, or has two parts of one
    name (which two readers would read two ways).
    """
    _refuse_large_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, struct.error) as error:
        raise UnreadableError(
            f"it begins like a workbook but is damaged or cut short ({error})", FETCH_AGAIN
        ) from None
    if len(infos) > limits.parts:
        raise UnreadableError(f"it has {len(infos):,} parts; at most {limits.parts:,} are read", _LARGE)
    directory = {info.filename.lower(): info for info in infos}
    if len(directory) != len(infos):
        raise UnreadableError("its zip has two parts of the same name", FETCH_AGAIN)
    return Package(data, directory, limits)


def _refuse_large_directory(data: bytes) -> None:
    """Refuse a zip whose directory would take long to read; what it says of its length is what is read."""
    end = data.rfind(_END_MARK, max(0, len(data) - _END.size - 0xFFFF))
    if end < 0 or len(data) < end + _END.size:
        return  # no whole zip, which zipfile says better
    size = _END.unpack_from(data, end)[5]
    if size > _DIRECTORY or data[max(0, end - 20) : end].startswith(_END_64_MARK):
        raise UnreadableError("its zip has a directory larger than any workbook's", _LARGE)


def _refuse_unsafe_xml(name: str, content: bytes) -> None:
    head = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if content and (not head.startswith(b"<") or b"\0" in head):
        raise UnreadableError(f"the part {name} is not XML in UTF-8", FETCH_AGAIN)
    if head.startswith(b"<?xml"):
        declaration = head.partition(b"?>")[0].lower()
        if b"encoding" in declaration and not any(e in declaration for e in (b"utf-8", b"utf8", b"ascii")):
            raise UnreadableError(
                f"the part {name} is not in UTF-8", "Save it again with a spreadsheet program."
            )
    # One rare byte is much faster to look for than the words.
    if b"!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise UnreadableError(
            f"the part {name} declares a document type; no spreadsheet program writes one, "
            "and entity bombs need one",
            "Do not open it; fetch the document again from its public address.",
        )


def plain_zip(parts: dict[str, bytes]) -> bytes:
    """A zip of ``parts`` (ASCII names), stored as they are."""
    body: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name, content in parts.items():
        raw, crc, size = name.encode("ascii"), zlib.crc32(content), len(content)
        body += (_LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, crc, size, size, len(raw), 0), raw, content)
        fields = (20, 20, 0, 0, 0, 33, crc, size, size, len(raw), 0, 0, 0, 0, 0, offset)
        central += (_CENTRAL.pack(b"PK\x01\x02", *fields), raw)
        offset += _LOCAL.size + len(raw) + size
    directory = b"".join(central)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(directory), offset, 0)
    return b"".join((*body, directory, end))
