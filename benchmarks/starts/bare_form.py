"""A form of 40 fields, menus and a table, with only Qt."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from benchmarks.starts.window import show


def fill(window: QMainWindow) -> None:
    """Add menus, form and table to the window."""
    for name in ("File", "Edit", "View", "Help"):
        menu = window.menuBar().addMenu(name)
        for index in range(8):
            menu.addAction(f"{name} {index}")
    middle, left = QWidget(), QWidget()
    form = QFormLayout(left)
    for index in range(40):
        entry = QComboBox() if index % 4 == 0 else QLineEdit()
        if isinstance(entry, QComboBox):
            entry.addItems([f"choice {n}" for n in range(20)])
        form.addRow(f"Field {index}", entry)
    table = QTableWidget(100, 6)
    for row in range(100):
        for column in range(6):
            table.setItem(row, column, QTableWidgetItem(f"{row} {column}"))
    across = QHBoxLayout(middle)
    across.addWidget(left)
    across.addWidget(table)
    window.setCentralWidget(middle)


show(fill)
