"""The one style sheet. Parts are named by the property `look`, states by the property `mood`."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from gui.look import tokens
from gui.look.tokens import Palette

_SHEET = Template("""
* { font-family: "Noto Sans", "Noto Sans Arabic"; font-size: ${body}px; color: $text; }
QMainWindow, QWidget[look="page"], QScrollArea, QWidget[look="column"] { background: $bg; }
QScrollArea { border: none; }
QScrollArea[look="inset"], QWidget[look="inset"] { background: $card; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px; }
QFrame[look="card"] { background: $card; border: 1px solid $line; border-radius: ${round}px; }
QFrame[look="card"][mood="warn"] { background: $warn_soft; border-color: $warn; }
QFrame[look="card"][mood="bad"] { background: $bad_soft; border-color: $bad; }
QFrame[look="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; }
QLabel[look="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[look="section"] { font-weight: 600; }
QLabel[look="big"] { font-size: ${big}px; font-weight: 600; }
QLabel[look="label"], QLabel[look="hint"] { font-size: ${small}px; color: $mute; }
QLabel[look="chip"], QLabel[look="note"] {
    font-size: ${small}px; font-weight: 600; border-radius: 10px; padding: 2px 10px;
    background: $soft; color: $text; }
QLabel[look="note"] { border-radius: ${corner}px; font-weight: 600; padding: 3px 6px; }
QLabel[far="true"] { margin: 0 6px 2px 6px; }
QLabel[look="chip"][mood="accent"], QLabel[look="note"][mood="accent"] {
    background: $accent_soft; color: $accent; }
QLabel[look="chip"][mood="ok"], QLabel[look="note"][mood="ok"] { background: $ok_soft; color: $ok; }
QLabel[look="chip"][mood="warn"], QLabel[look="note"][mood="warn"] {
    background: $warn_soft; color: $warn; }
QLabel[look="chip"][mood="bad"], QLabel[look="note"][mood="bad"] {
    background: $bad_soft; color: $bad; }
QLabel[mood="plain-ok"] { color: $ok; } QLabel[mood="plain-bad"] { color: $bad; }
QLabel[mood="plain-warn"] { color: $warn; } QLabel[mood="plain-mute"] { color: $mute; }

QLineEdit, QPlainTextEdit {
    background: $card; border: 1px solid $edge; border-radius: ${corner}px; padding: 0 11px;
    min-height: 34px; selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $mute; }
QPlainTextEdit { padding: 7px 8px; }
QLineEdit[look="large"] { font-size: ${large}px; font-weight: 600; background: transparent;
    border-color: transparent; padding: 0 2px; placeholder-text-color: $text; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 0 10px; }
QPlainTextEdit:focus { padding: 6px 7px; }
QLineEdit[mood="bad"], QPlainTextEdit[mood="bad"] { background: $bad_soft; border-color: $bad; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $soft; color: $mute; }

QPushButton {
    background: $card; border: 1px solid $edge; border-radius: ${corner}px; padding: 0 14px;
    min-height: 34px; outline: none; }
QPushButton:hover { background: $soft; }
QPushButton:focus { border: 2px solid $accent; padding: 0 13px; }
QPushButton:disabled { color: $mute; background: $soft; border-color: $line; }
QPushButton[look="main"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[look="main"]:focus { border: 2px solid $text; }
QPushButton[look="main"]:disabled { background: $soft; color: $mute; border-color: $line; }
QPushButton[look="quiet"] {
    background: transparent; border-color: transparent; color: $accent; padding: 0 8px; }
QPushButton[look="quiet"]:hover { background: $accent_soft; }
QPushButton[look="quiet"]:focus { border: 2px solid $accent; padding: 0 7px; }
QPushButton[look="quiet"]:disabled { color: $mute; }
QPushButton[look="link"] {
    background: transparent; border-color: transparent; color: $accent; padding: 0 1px;
    text-align: left; }
QPushButton[look="link"]:hover { background: $accent_soft; }
QPushButton[look="link"]:focus { border: 2px solid $accent; padding: 0; }
QPushButton[look="link"]:disabled { color: $mute; }
QPushButton[look="sign"] {
    background: transparent; border-color: transparent; color: $accent; padding: 0;
    font-size: ${big}px; font-weight: 600; }
QPushButton[look="sign"]:hover { background: $accent_soft; }
QPushButton[look="sign"]:focus { border: 2px solid $accent; }
QPushButton[look="choice"] { font-size: 13px; padding: 0 12px; border-color: $line; }
QPushButton[look="choice"]:checked {
    background: $accent_soft; color: $accent; border-color: $accent; font-weight: 600; }
QPushButton[look="choice"]:focus { border: 2px solid $accent; padding: 0 11px; }
QPushButton[look="row"] {
    background: transparent; border-color: transparent; text-align: left; padding: 0 7px; }
QPushButton[look="row"]:hover { background: $soft; }
QPushButton[look="row"]:focus { border: 2px solid $accent; padding: 0 6px; }
QPushButton[look="row"][mood="bad"] { color: $bad; }
QPushButton[look="row"][mood="warn"] { color: $warn; }
QPushButton[look="fold"] {
    border-color: $line; border-radius: ${round}px; text-align: left; padding: 0 15px; }
QPushButton[look="fold"]:focus { border: 2px solid $accent; padding: 0 14px; }
QPushButton[look="tile"], QPushButton[look="drop"] { min-width: 0; padding: 0; }
QPushButton[look="tile"] { background: $soft; border: 1px solid $line; }
QPushButton[look="tile"]:focus { border: 2px solid $accent; }
QPushButton[look="drop"] { border: 1px dashed $edge; color: $mute; font-size: ${small}px; }
QPushButton[look="drop"]:focus { border: 2px solid $accent; }
QPushButton[look="drop"][mood="accent"] { background: $accent_soft; border: 2px dashed $accent; }

QFrame[look="rail"] { background: $rail; border: none; }
QFrame[look="rail"] QLabel { color: $rail_text; font-size: ${small}px; }
QFrame[look="rail"] QLabel[look="brand"] {
    color: $rail_chosen; font-size: 17px; font-weight: 600; }
QPushButton[look="rail"] {
    background: transparent; color: $rail_text; border: 2px solid transparent; text-align: left;
    padding: 0 10px; }
QPushButton[look="rail"]:hover { background: $rail_on; }
QPushButton[look="rail"]:checked { background: $rail_on; color: $rail_chosen; font-weight: 600; }
QPushButton[look="rail"]:focus { border: 2px solid $rail_chosen; }
QFrame[look="footer"] { background: $card; border: none; border-top: 1px solid $line; }
QFrame[look="footer"] QLabel { font-size: ${small}px; color: $mute; }
QFrame[look="footer"] QLabel[mood="plain-ok"] { color: $ok; }
QFrame[look="footer"] QLabel[mood="plain-warn"] { color: $warn; }
QFrame[look="footer"] QLabel[mood="plain-bad"] { color: $bad; }

QFrame[look="popup"] { background: $card; border: 1px solid $edge; border-radius: ${corner}px; }
QFrame[look="popup"] QListView {
    selection-background-color: $accent_soft; selection-color: $text; }
QListView { background: $card; border: none; outline: none; padding: 4px; }
QListView::item { min-height: 34px; padding: 0 8px; border-radius: 4px; color: $text; }
QListView::item:selected { background: $accent_soft; color: $text; }
QListView:focus { border: 2px solid $accent; border-radius: ${corner}px; padding: 2px; }
QTableView {
    background: $card; border: 1px solid $line; border-radius: ${round}px; outline: none;
    gridline-color: $soft; selection-background-color: $accent_soft; selection-color: $text;
    alternate-background-color: $card; }
QTableView:focus { border: 2px solid $accent; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid $soft; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $card; border: none; }
QHeaderView::section {
    background: $card; color: $mute; font-size: ${small}px; border: none;
    border-bottom: 1px solid $line; padding: 8px 11px; }
QTableCornerButton::section { background: $card; border: none; }
QProgressBar { background: $soft; border: none; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; min-height: 32px; min-width: 32px;
    margin: 2px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def sheet(palette: Palette) -> str:
    """The style sheet in these colours."""
    return _SHEET.substitute(
        asdict(palette),
        small=tokens.TEXT_SMALL,
        body=tokens.TEXT_BODY,
        large=tokens.TEXT_LARGE,
        big=tokens.TEXT_BIG,
        title=tokens.TEXT_TITLE,
        corner=tokens.CORNER,
        round=tokens.CARD_CORNER,
    )
