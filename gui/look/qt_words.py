"""Qt's own texts (context menus, dialogs for files and printers) in the officer's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


class QtWords:
    """The installed translator; at most one.

    For a language without Qt's translation, English stays.
    """

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._language = "en"
        self._translator: QTranslator | None = None

    def use(self, language: str) -> None:
        """Use `language` (a tag such as `fr` or `pt-BR`) for Qt's texts from now on."""
        if language == self._language:
            return
        self.leave()
        self._language = language
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(QLocale(language), "qtbase", "_", folder):
            self._translator = translator
            self._app.installTranslator(translator)

    def leave(self) -> None:
        """Go back to English, because the application may exist longer than the desk."""
        self._language = "en"
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
