"""二维码: the QR code of an address, drawn as SVG for a page or a printed slip."""

import segno


def drawn(address: str) -> str:
    """An SVG element of the class `qr`; its size is the page's."""
    return segno.make(address, error="m", micro=False).svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True)
