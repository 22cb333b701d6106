"""Checks JupyterLab as a student sees it, in a real browser: it opens on the lesson with the project's files in sight; an interrupt
ends a run and the next one goes on; all cells run (smoke profile); the panel of masks is used by keyboard.

Screenshots stay in kernel-setup/target/lab/screenshots. Used by .ci/run, after run.sh --tools and the kernels. Without a browser
nothing is checked, and the exit code is 0 with a line that says so.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from installer import copies, options, plan
from installer.machine import Machine
from installer.tools import BROWSERS, require_utf8
from playwright.sync_api import Error, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "kernel-setup/target/lab"
TOKEN = "check"
PATIENCE = 180_000  # milliseconds; what hangs longer is taken to hang for ever
PROMPTS = """() => [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')].map(prompt => prompt.textContent.trim())"""

NAMELESS = """() => [...document.querySelectorAll('.jp-OutputArea img')].filter(image => !image.alt)
    .map(image => image.outerHTML.slice(0, 80))"""


def require(met: bool, what: str) -> None:
    print(("ok      " if met else "FAILED  ") + what, flush=True)
    if not met:
        sys.exit(1)


def start_lab(port: int) -> subprocess.Popen:
    """As run.sh --lab does, but on copies and with settings of its own."""
    plan.COPIES = (WORK / "notebooks").relative_to(ROOT).as_posix()
    copies.refresh(ROOT / "notebooks", WORK / "notebooks")
    settings = WORK / "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')  # all cells are in the page, seen or not
    places = plan.Places(Machine.here(), ROOT, Path(os.environ.get("JAVA_HOME", "")), Path(sys.executable), "mvn")
    command = [*plan.last_command(options.Request("lab"), places, None), "--no-browser", f"--port={port}"]
    require_utf8()
    environment = {
        **os.environ,
        "GLIP_PROFILE": "smoke",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_TOKEN": TOKEN,
        "JUPYTER_CONFIG_DIR": str(WORK / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(WORK / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(WORK / "workspaces"),
    }
    with (WORK / "lab.log").open("wb") as log:
        return subprocess.Popen([str(word) for word in command], cwd=ROOT, env=environment, stdout=log, stderr=log)


def open_lesson(page: Page, port: int, server: subprocess.Popen) -> None:
    for _ in range(120):
        if server.poll() is not None:
            require(False, "the server runs: " + (WORK / "lab.log").read_text(errors="replace")[-2000:])
        try:
            page.goto(f"http://localhost:{port}/?token={TOKEN}")  # goes on to where --lab opens
            break
        except Error:
            time.sleep(0.5)
    page.locator(".jp-NotebookPanel").wait_for(timeout=PATIENCE)
    page.wait_for_function(f"({PROMPTS})().length > 20", timeout=PATIENCE)


def run_all(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def prompts(page: Page) -> list:
    return page.evaluate(PROMPTS)


def await_end(page: Page) -> list:
    page.wait_for_function(f"({PROMPTS})().every(prompt => !prompt.includes('*'))", timeout=PATIENCE, polling=500)
    return prompts(page)


def picture(page: Page, name: str) -> None:
    page.screenshot(path=WORK / "screenshots" / f"{name}.png")


def check_files(page: Page) -> None:
    shown = page.locator(".jp-DirListing-item").all_inner_texts()
    names = {text.split("\n")[0].strip() for text in shown}
    require({"README.md", "20-lesson.ipynb", "01-pretraining.ipynb", "out"} <= names, f"the file browser shows {sorted(names)}")
    page.get_by_role("heading", name="A lesson: what does a masked model learn?").first.wait_for(timeout=PATIENCE)
    require(True, "the lesson is open")
    picture(page, "1-opened")


def check_interrupt(page: Page) -> None:
    run_all(page)
    page.wait_for_function(f"({PROMPTS})().some(prompt => /\\d/.test(prompt))", timeout=PATIENCE)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Interrupt Kernel").click()
    ended = await_end(page)
    ran = sum(any(letter.isdigit() for letter in prompt) for prompt in ended)
    require(0 < ran < len(ended), f"an interrupt ends the run after {ran} of {len(ended)} cells")
    picture(page, "2-interrupted")


def check_run(page: Page) -> None:
    run_all(page)
    time.sleep(1)
    ended = await_end(page)
    require(all(any(letter.isdigit() for letter in prompt) for prompt in ended), f"then all {len(ended)} cells run")
    errors = page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")
    require(errors.count() == 0, "and none of them fails")
    red = page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts()
    require(not red, f"nothing is said in red: {red}")
    last = page.get_by_text("GLIP alone is right on").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_visible()
    # Not within the panel, whose picture is named by the drawing upon it.
    nameless = page.evaluate(NAMELESS)
    require(not nameless, f"every picture says in words what it shows {nameless}")
    picture(page, "3-run")


def check_panel(page: Page) -> None:
    """Alone by keys, while JupyterLab has shortcuts of its own on the same ones."""
    panel = page.locator(".glip-mask-panel").first
    panel.scroll_into_view_if_needed()
    slider, kept = panel.locator("#ratio"), panel.locator(".kept")
    before = kept.inner_text()
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    fewer_hidden = kept.inner_text()
    require(int(fewer_hidden) > int(before), f"the left arrow hides less: {before} patches kept, then {fewer_hidden}")
    numbers = panel.locator(".numbers").text_content()
    for _ in range(12):
        page.keyboard.press("Tab")
        if panel.evaluate("host => host.shadowRoot.activeElement?.tagName") == "BUTTON":
            break
    page.keyboard.press("Space")
    require(panel.locator(".numbers").text_content() != numbers, "the tab key finds the button, and space draws new noise")
    require(slider.is_visible(), "the panel is still in sight")
    picture(page, "4-panel")


def main() -> int:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        print(f"SKIPPED: JupyterLab is not tested in a browser, for there is none of {BROWSERS} here", flush=True)
        return 0
    shutil.rmtree(WORK, ignore_errors=True)
    (WORK / "screenshots").mkdir(parents=True)
    with socket.socket() as found:
        found.bind(("localhost", 0))
        port = found.getsockname()[1]
    began = time.monotonic()
    server = start_lab(port)
    try:
        with sync_playwright() as playwright:
            # The sandbox needs rights that a container's root lacks; the page is ours.
            chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-dev-shm-usage"])
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            try:
                open_lesson(page, port, server)
                check_files(page)
                check_interrupt(page)
                check_run(page)
                check_panel(page)
            except Error as error:
                page.screenshot(path=WORK / "screenshots/failed.png")
                require(False, str(error))
            chromium.close()
    finally:
        server.terminate()
        server.wait(timeout=60)
    changed = subprocess.run(["git", "status", "--porcelain", "notebooks"], cwd=ROOT, capture_output=True, text=True).stdout
    require(not changed, f"the checkout's notebooks are untouched {changed}")
    print(f"{time.monotonic() - began:.0f} s; screenshots in {WORK / 'screenshots'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
