"""What PDF/UA-1 wants of a tagged PDF beyond the tags that WeasyPrint writes (docs/adr/0021)."""

from collections.abc import Iterator, Mapping
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Page, Pdf, String

PRINT_FLAG = 4
MARK = Operator("BDC")


def mended(tagged: bytes, link_texts: Mapping[str, str]) -> bytes:
    """The same document with headers that have a scope, links that say where they lead, and furniture out of the way.

    link_texts maps the address of a link (of one within the document, the id) to its words. The bytes are the same
    every time.
    """
    with Pdf.open(BytesIO(tagged)) as pdf:
        tree = pdf.Root.StructTreeRoot
        _scope_headers(tree)
        reached = set(_marked(tree, pdf.pages[0].obj))
        for page in pdf.pages:
            page.obj.Tabs = Name.S
            _mend_links(page, link_texts)
            _make_artifacts(pdf, page, {mcid for number, mcid in reached if number == page.obj.objgen})
        mended = BytesIO()
        pdf.save(mended, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return mended.getvalue()


def _children(element: Object) -> list[Object]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _elements(element: Object) -> Iterator[Object]:
    """A structure element and all elements below it."""
    yield element
    for kid in _children(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from _elements(kid)


def _scope_headers(tree: Object) -> None:
    """A header in a row that also holds data heads that row, any other its column; the corner cell included."""
    for row in _elements(tree):
        if row.get("/S") != Name.TR:
            continue
        cells = _children(row)
        scope = Name.Row if any(cell.get("/S") == Name.TD for cell in cells) else Name.Column
        for cell in cells:
            if cell.get("/S") == Name.TH:
                cell.A = Dictionary({**_table_attributes(cell), "/O": Name.Table, "/Scope": scope})


def _table_attributes(cell: Object) -> dict[str, Object]:
    """What WeasyPrint says of a cell already: how many columns or rows it spans."""
    attributes = cell.get("/A")
    return dict(attributes.items()) if isinstance(attributes, Dictionary) else {}


def _marked(element: Object, page: Object) -> Iterator[tuple[tuple[int, int], int]]:
    """Page and number of each marked content that the structure tree reaches by walking down."""
    page = element.get("/Pg", page)
    for kid in _children(element):
        if isinstance(kid, int):
            yield page.objgen, int(kid)
        elif kid.get("/Type") == Name.MCR:
            yield kid.get("/Pg", page).objgen, int(kid.MCID)
        elif kid.get("/Type") != Name.OBJR:
            yield from _marked(kid, page)


def _mend_links(page: Page, texts: Mapping[str, str]) -> None:
    for annotation in page.obj.get("/Annots", Array()):
        annotation.F = int(annotation.get("/F", 0)) | PRINT_FLAG
        if annotation.get("/Subtype") == Name.Link:
            address = _address(annotation)
            annotation.Contents = String(texts.get(address) or address)


def _address(annotation: Object) -> str:
    action = annotation.get("/A", Dictionary())
    return str(action.get("/URI", action.get("/D", annotation.get("/Dest", ""))))


def _make_artifacts(pdf: Pdf, page: Page, reached: set[int]) -> None:
    """Running heads and feet that no tag reaches are furniture; the parent tree alone would not tell."""
    furniture = pikepdf.ContentStreamInstruction([Name.Artifact, Dictionary(Type=Name.Pagination)], MARK)
    instructions = [
        furniture if _is_loose(instruction, reached) else instruction
        for instruction in pikepdf.parse_content_stream(page)
    ]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def _is_loose(
    instruction: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage, reached: set[int]
) -> bool:
    if instruction.operator != MARK:
        return False
    properties = instruction.operands[1]
    return isinstance(properties, Dictionary) and "/MCID" in properties and int(properties.MCID) not in reached
