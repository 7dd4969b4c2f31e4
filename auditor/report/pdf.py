"""Printing a page to PDF with the Chromium of this machine, driven by playwright (the ``pdf`` extra).

It knows files, not pages. The browser is offline and runs no script.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from auditor.errors import UsageProblem, WriteProblem

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def print_pdf(page: Path, out: Path) -> int:
    """Print a page that stands on the disk; returns the PDF's size in bytes.

    Raises UsageProblem where the extra or a browser is missing, WriteProblem where it can't be written.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as problem:
        raise UsageProblem("printing to PDF needs playwright", "pip install 'auditor[pdf]'") from problem
    browser = os.environ.get("AUDITOR_CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    with sync_playwright() as driver:
        try:
            chromium = driver.chromium.launch(executable_path=browser)
        except Error as problem:
            raise UsageProblem(
                "printing to PDF needs Chromium, and none starts here",
                "install it, or name it in AUDITOR_CHROMIUM",
            ) from problem
        context = chromium.new_context(offline=True, java_script_enabled=False)
        sheet = context.new_page()
        sheet.goto(page.resolve().as_uri())
        printed = sheet.pdf(prefer_css_page_size=True, print_background=True)
        chromium.close()
    try:
        out.write_bytes(printed)
    except OSError as problem:
        raise WriteProblem(f"{out}: {problem.strerror}", "choose a file that can be written") from problem
    return len(printed)
