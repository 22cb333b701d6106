"""Writes the specifications of the Java and Kotlin kernels into the virtual environment that runs this.

One JVM, no launcher, all jars on the JVM's own class path: so native libraries, service loaders and renderers just work.

usage: kernelspec.py PROJECT_ROOT JAVA_HOME
"""

import json
import locale
import os
import subprocess
import sys
from pathlib import Path

from installer.machine import Machine

HERE = Path(__file__).resolve().parent
KERNELS = Path(sys.prefix) / "share/jupyter/kernels"
JVM_OPTIONS = [
    "-Xmx4g",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    # A warning is a sentence for the reader of the page: "glip: the processor has no bfloat16 ...".
    "-Dorg.slf4j.simpleLogger.showThreadName=false",
    "-Dorg.slf4j.simpleLogger.showLogName=false",
    "-Dorg.slf4j.simpleLogger.warnLevelString=glip:",
    f"-Djava.util.logging.config.file={HERE / 'logging.properties'}",
]
# Since Java 24 it warns of libraries that call native code, as the engine does; older ones do not know all of these.
NATIVE_ACCESS = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
ENVIRONMENT = {
    "OPT_OUT_TRACKING": "true",  # DJL's telemetry
    "GOMP_SPINCOUNT": "3000",  # threads of an operator soon sleep while they wait: see Torch.setThreads in the library
    # What a step of training frees is kept for the next one, but for blocks of more than 32 MiB: see glip-lib/bin/glip.
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "268435456",
    "MALLOC_TOP_PAD_": "67108864",
}


def native_access(java: str) -> list[str]:
    """The options for native code that this Java knows."""
    asked = {option: subprocess.run([java, option, "-version"], capture_output=True) for option in NATIVE_ACCESS}
    return [option for option, answer in asked.items() if answer.returncode == 0]


def utf8_locale() -> dict[str, str]:
    """The user's locale, or another if that is none with UTF-8: Java reads names of files by it, and by nothing else.

    It stands in the kernel's environment, since Jupyter may be started in any.
    """
    if not hasattr(locale, "nl_langinfo"):
        return {}  # Windows has none
    for name in ("", "C.UTF-8", "en_US.UTF-8"):
        try:
            found = locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        if locale.nl_langinfo(locale.CODESET) == "UTF-8":
            return {"LC_ALL": found}
    return {}


def write(
    folder: Path, display_name: str, language: str, argv: list[str], interrupt_mode: str = "message", **variables: str
) -> None:
    spec = {
        "display_name": display_name,
        "language": language,
        "interrupt_mode": interrupt_mode,
        "env": {**ENVIRONMENT, **utf8_locale(), **variables},
        "argv": argv,
    }
    temporary = folder / "kernel.json.new"
    temporary.write_text(json.dumps(spec, indent=1) + "\n", encoding="utf-8")
    os.replace(temporary, folder / "kernel.json")


def java_kernel(java: str, jars: Path) -> None:
    class_path = os.pathsep.join([str(KERNELS / "java/jjava.jar"), f"{jars}/*", f"{jars}/lib/*"])
    # The first for JJava itself; the second for its print streams, see JJavaInternals.
    add_opens = ["--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED", "--add-opens", "java.base/java.io=ALL-UNNAMED"]
    main = ["-cp", class_path, "org.dflib.jjava.distro.JJava", "{connection_file}"]
    write(KERNELS / "java", "Java", "java", [java, *JVM_OPTIONS, *native_access(java), *add_opens, *main])


def kotlin_kernel(java: str, jars: Path) -> None:
    try:
        import run_kotlin_kernel
    except ImportError:
        return  # only --lab installs it
    home = Path(run_kotlin_kernel.__file__).parent
    config = json.loads((home / "config/jar_args.json").read_text())
    class_path = [home / "jars" / name for name in config["classPath"]]
    class_path += sorted(jars.glob("*.jar")) + sorted((jars / "lib").glob("*.jar"))
    # The kernel's own jar and how we start it, alone: what its cells use comes by its own class path.
    launcher = next(jars.glob("glip-notebook-*-kotlin-launcher.jar"))
    main = [
        "-cp",
        os.pathsep.join([str(launcher), str(home / "jars" / config["mainJar"])]),
        "org.glip.notebook.KotlinKernel",
        "-classpath=" + os.pathsep.join(map(str, class_path)),
        "{connection_file}",
        f"-home={home}",
    ]
    # jshell=true: DJL then prints an array's values, as it does in a Java notebook.
    options = [*JVM_OPTIONS, *native_access(java), "-Djshell=true", f"-Dlogback.configurationFile={HERE / 'logback.xml'}"]
    write(KERNELS / "kotlin", "Kotlin", "kotlin", [java, *options, *main], interrupt_mode="signal")


if __name__ == "__main__":
    root, java_home = Path(sys.argv[1]), Path(sys.argv[2])
    for kernel in (java_kernel, kotlin_kernel):
        kernel(str(Machine.here().java(java_home)), root / "kernel-setup/target")
