"""Pictures that tell more than they show: where they were taken, by whom, and how they are to be turned."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.inspection.making import page, pdf, saved, with_chunk, with_segment, written

SECRET = b"RAHASIA-TEMPAT"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>RAHASIA-TEMPAT</rdf></x:xmpmeta>'
GPS, DESCRIPTION, ORIENTATION = 0x8825, 0x010E, 0x0112
TURNED = 6  # the camera was held upright: to be turned by 90 degrees, clockwise


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[DESCRIPTION] = SECRET.decode()
    made[ORIENTATION] = orientation
    made.get_ifd(GPS).update({1: "S", 2: (4.0, 50.0, 1.0), 3: "E", 4: (119.0, 33.0, 1.0)})
    return made


def lying() -> Image.Image:
    """400 x 300; upright it is 300 x 400 and its red corner is the upper right one."""
    picture = page()
    picture.paste("red", (0, 0, 60, 60))
    return picture


def jpeg() -> bytes:
    body = written(lying(), "JPEG", exif=exif(TURNED))
    for marker, data in ((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP), (0xED, SECRET), (0xFE, SECRET)):
        body = with_segment(body, marker, data)
    return body + written(page(), "JPEG", exif=exif())  # as phones put a second picture behind the end


def png() -> bytes:
    body = written(lying(), "PNG", exif=exif(TURNED))
    return with_chunk(
        with_chunk(body, b"tEXt", b"Comment\0" + SECRET),
        b"iTXt",
        b"XML:com.adobe.xmp\0\0\0\0\0" + XMP,
    )


def webp() -> bytes:
    return written(lying(), "WEBP", exif=exif(TURNED), xmp=XMP)


def heic() -> bytes:
    return written(lying(), "HEIF", exif=exif(TURNED).tobytes(), xmp=XMP)  # the turn is a property of the picture too


TELLING: dict[str, Callable[[], bytes]] = {"jpeg": jpeg, "png": png, "webp": webp, "heic": heic}


def jpeg_2000() -> bytes:
    body = written(page(), "JPEG2000")
    return body + (len(XMP) + 8).to_bytes(4, "big") + b"xml " + XMP


def pdf_with(body: bytes, filters: list[Name] | Name) -> bytes:
    """A PDF that shows this picture, packed so, and tells the secret in each of its own places as well."""
    made = pdf(b"q 500 0 0 500 0 0 cm /I Do Q")
    shown = made.make_stream(body, Type=Name.XObject, Subtype=Name.Image, Width=400, Height=300)
    shown["/ColorSpace"], shown["/BitsPerComponent"] = Name.DeviceRGB, 8
    shown.write(body, filter=Array(filters) if isinstance(filters, list) else filters)
    shown["/Metadata"] = made.make_stream(XMP)
    layer = made.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)
    made.pages[0].obj["/Resources"] = Dictionary(
        XObject=Dictionary(I=shown), Properties=Dictionary(M=made.make_indirect(Dictionary(Metadata=layer)))
    )
    made.docinfo["/Title"] = SECRET.decode()
    made.Root["/Metadata"] = made.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)
    return saved(made)


PACKED: dict[str, Callable[[], bytes]] = {
    "a name": lambda: pdf_with(jpeg(), Name.DCTDecode),
    "a list": lambda: pdf_with(jpeg(), [Name.DCTDecode]),
    "packed again": lambda: pdf_with(zlib.compress(jpeg()), [Name.FlateDecode, Name.DCTDecode]),
    "as hex digits": lambda: pdf_with(jpeg().hex().encode() + b">", [Name.ASCIIHexDecode, Name.DCTDecode]),
    "in short": lambda: pdf_with(jpeg(), [Name("/DCT")]),
    "something before its start": lambda: pdf_with(b"\0\0" + jpeg(), Name.DCTDecode),
    "filled between its parts": lambda: pdf_with(jpeg().replace(b"\xff\xe1", b"\xff\xff\xff\xe1"), Name.DCTDecode),
    "progressive": lambda: pdf_with(written(page(), "JPEG", exif=exif(), progressive=True), Name.DCTDecode),
    "jpeg 2000": lambda: pdf_with(jpeg_2000(), Name.JPXDecode),
}


def everything_in(body: bytes) -> list[bytes]:
    """A PDF's every string and stream, unpacked as far as it goes."""
    with pikepdf.open(io.BytesIO(body)) as opened:
        found = [body, opened.trailer.to_json()]
        for one in opened.objects:
            found.append(one.to_json())
            if isinstance(one, pikepdf.Stream):
                found.append(one.read_raw_bytes())
                try:
                    found.append(one.read_bytes())
                except pikepdf.PdfError:
                    continue  # a picture: its raw bytes are there
        return found
