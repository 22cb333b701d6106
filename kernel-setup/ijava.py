"""Makes a kernel of IJava, JJava's forerunner, in the virtual environment that runs this, and runs a cell in it.

IJava's jar holds old versions of libraries that ours need newer. On one class path the first of a name wins, so that jar comes last.

usage: ijava.py JAR_OR_ZIP                           looks at the file only
       ijava.py JAR_OR_ZIP PROJECT_ROOT JAVA_HOME
"""

import io
import os
import re
import shutil
import sys
import time
import zipfile
from pathlib import Path

import kernelspec
from installer.machine import Machine

FOLDER = kernelspec.KERNELS / "ijava"
MAIN = "io.github.spencerpark.ijava.IJava"
JAR_IN_RELEASE = re.compile(r"(?:.*/)?ijava-[^/]*\.jar")
MOST_BYTES = 64 << 20  # of its jar, which has 4 MB
PATIENCE = 120  # seconds
# The engine, the libraries whose old versions would do harm, an import that JJava has by itself, and a renderer.
CELL = """
try (var manager = Torch.newManager()) { manager.ones(new ai.djl.ndarray.types.Shape(2)).sum(); }
org.glip.files.Json.parse("{}", "a text");
Duration.ofMinutes(1);
MaskTables.cost(new PatchGrid(14), new double[] {0.75})
"""


class WrongFile(Exception):
    """A sentence about the file."""


def main_class_of(jar: bytes) -> bool:
    """Whether these bytes are a jar with IJava's main class."""
    try:
        with zipfile.ZipFile(io.BytesIO(jar)) as archive:
            return MAIN.replace(".", "/") + ".class" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def limited(stream, name: str) -> bytes:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise WrongFile(f"{name} is larger than {MOST_BYTES >> 20} MB, and so not IJava, whose jar has 4 MB.")
    return content


def jar_of(file: Path) -> bytes:
    """IJava's jar, which is the file or lies in it."""
    expected = "Expected is IJava's release, ijava-1.3.0.zip, or the jar in it, ijava-1.3.0.jar."
    try:
        with file.open("rb") as stream:
            content = limited(stream, str(file))
        if main_class_of(content):
            return content
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(name.startswith("org/dflib/jjava/") for name in archive.namelist()):
                raise WrongFile(f"{file} is JJava, IJava's successor, which is set up already: kernel-setup/run.sh --lab.")
            jars = [name for name in archive.namelist() if JAR_IN_RELEASE.fullmatch(name)]
            if len(jars) != 1:
                raise WrongFile(f"{file} holds {len(jars) or 'no'} files named like ijava-1.3.0.jar. {expected}")
            with archive.open(jars[0]) as stream:
                jar = limited(stream, f"{jars[0]} in {file}")
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:  # the last: a password
        raise WrongFile(f"{file} cannot be read as a zip or jar: {error}. {expected}") from error
    if not main_class_of(jar):
        raise WrongFile(f"{jars[0]} in {file} does not hold the class {MAIN}. {expected}")
    return jar


def make(folder: Path, jar: bytes, root: Path, java: str) -> None:
    """Writes the kernel's specification and its jar."""
    jars, scripts = root / "kernel-setup/target", root / "kernel-setup/src/main/resources/org/glip/notebook"
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / "ijava.jar.new"
    temporary.write_bytes(jar)
    os.replace(temporary, folder / "ijava.jar")
    class_path = os.pathsep.join([f"{jars}/*", f"{jars}/lib/*", str(folder / "ijava.jar")])
    options = [*kernelspec.JVM_OPTIONS, *kernelspec.native_access(java)]
    kernelspec.write(
        folder,
        "Java (IJava)",
        "java",
        [java, *options, "-cp", class_path, MAIN, "{connection_file}"],
        IJAVA_STARTUP_SCRIPTS_PATH=os.pathsep.join(str(scripts / name) for name in ("imports.jshell", "ijava.jshell")),
    )


def run_cell() -> list:
    """What the cell makes the kernel say, or a RuntimeError with the reason why it could not."""
    from jupyter_client import KernelManager  # here, because a look at the file comes before it is installed

    manager = KernelManager(kernel_name="ijava")
    manager.start_kernel()
    client = manager.client()
    messages = []
    try:
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        reply = client.execute_interactive(CELL, timeout=PATIENCE, allow_stdin=False, output_hook=messages.append)
        if reply["content"]["status"] != "ok":
            raise RuntimeError("the cell ended with {ename}: {evalue}".format(**reply["content"]))
    except TimeoutError as error:
        raise RuntimeError(f"no answer within {PATIENCE} s") from error
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    if not any("<table" in m["content"].get("data", {}).get("text/html", "") for m in messages):
        raise RuntimeError("the cell's table was not shown as a table")
    return messages


def main(file: str, *places: str) -> None:
    jar = jar_of(Path(file))
    if not places:
        return
    root, java_home = map(Path, places)
    make(FOLDER, jar, root, str(Machine.here().java(java_home)))
    began = time.monotonic()
    try:
        messages = run_cell()
    except RuntimeError as error:
        shutil.rmtree(FOLDER)
        sys.exit(f"error: IJava of {file} starts no kernel that works here: {error}")
    red = "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream" and m["content"]["name"] == "stderr")
    print(f"""The kernel "Java (IJava)" is made of {file}.
  where      {FOLDER}
  class path the library, then what it needs, then IJava
  tried      a cell used the engine and showed a table, {time.monotonic() - began:.0f} s{", and said in red: " + red if red else ""}
  use it     kernel-setup/run.sh --lab, then in the notebook: Kernel, Change Kernel
             in a Jupyter of your own: jupyter kernelspec install --user --name ijava {FOLDER}""")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except WrongFile as error:
        sys.exit(f"error: {error}")
