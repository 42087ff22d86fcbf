"""What stands in a workbook's tables."""

from __future__ import annotations


def tables(book):
    return [(sheet, table) for sheet in book for table in sheet.tables.values()]


def head(sheet, table):
    return [cell.value for cell in sheet[table.ref][0]]


def records(sheet, table):
    names, *rows = ([cell.value for cell in row] for row in sheet[table.ref])
    return [dict(zip(names, row, strict=True)) for row in rows]
