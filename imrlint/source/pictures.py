"""Pictures of letters, such as a scanner or a telephone makes: read by OCR, page by page."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from imrlint.source.errors import Refused
from imrlint.source.extract import Extract
from imrlint.source.pdf import MAX_PICTURES, extract_layout

_MAX_PIXELS = 100_000_000  # of one page; 600 to the inch make 34 million
_LONG_SIDE = 792  # points of a page


def read(content: bytes) -> Extract:
    """The text of a PNG, JPEG or TIFF file; a TIFF may have several pages. Raises Refused."""
    with Image.open(io.BytesIO(content)) as picture, pypdfium2.PdfDocument.new() as pages:
        if getattr(picture, "n_frames", 1) > MAX_PICTURES:
            raise Refused(f"not a letter: a picture of more than {MAX_PICTURES} pages")
        for frame in ImageSequence.Iterator(picture):
            if frame.width * frame.height > _MAX_PIXELS:
                raise Refused(f"too large for a picture of a page: {frame.width:,} by {frame.height:,} pixels")
            _add_page(pages, _on_white(ImageOps.exif_transpose(frame)))
        return extract_layout(pages, ocr=True).extract


def _on_white(picture: Image.Image) -> Image.Image:
    """A picture in shades of grey, with white where it is transparent."""
    if not picture.has_transparency_data:
        return picture.convert("L")
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture.convert("RGBA")).convert("L")


def _add_page(pages: pypdfium2.PdfDocument, picture: Image.Image) -> None:
    scale = _LONG_SIDE / max(picture.size)
    width, height = picture.width * scale, picture.height * scale
    drawn = pypdfium2.PdfImage.new(pages)
    drawn.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture))
    drawn.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page = pages.new_page(width, height)
    page.insert_obj(drawn)
    page.gen_content()
