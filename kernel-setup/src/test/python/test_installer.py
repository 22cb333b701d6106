"""The set-up's rules, for this platform and for those that are not at hand. Run by InstallerTest."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path, PureWindowsPath
from unittest import mock

SETUP = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(SETUP))

from installer import Refusal, bundle, checks, copies, main, options, plan, tools  # noqa: E402
from installer.machine import NATIVES, SYSTEMS, Machine  # noqa: E402

LINUX, MACOS, WINDOWS = (Machine.usual(system) for system in SYSTEMS)


def places(machine):
    return plan.Places(machine, machine.example_root(), machine.example_jdk(), machine.path("py"), machine.maven)


class InFolder(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)


class MachineTest(unittest.TestCase):
    def test_natives_are_those_that_the_build_chooses(self):
        pom = (SETUP.parent / "pom.xml").read_text(encoding="utf-8")
        self.assertEqual(set(re.findall("<pytorch.classifier>([^<]+)", pom)), set(NATIVES.values()))

    def test_a_mac_with_an_intel_processor_has_no_engine(self):
        self.assertRaisesRegex(Refusal, "no build for macos on x86_64", checks.check_engine, Machine("macos", "x86_64"))
        checks.check_engine(MACOS)

    def test_commands_are_quoted_as_the_shell_of_the_platform_reads_them(self):
        words = ["py", r"C:\Pat Doe\x", 'say "a"', "!glip", ""]
        self.assertEqual(WINDOWS.quoted(words), r'py "C:\Pat Doe\x" "say \"a\"" !glip ""')
        self.assertEqual(LINUX.quoted(["a b", "it's", "!x"]), "'a b' 'it'\"'\"'s' '!x'")

    def test_paths_have_the_form_of_the_platform(self):
        self.assertEqual(str(WINDOWS.venv_python(PureWindowsPath(r"C:\glip\.venv"))), r"C:\glip\.venv\Scripts\python.exe")
        self.assertEqual(str(WINDOWS.java(WINDOWS.example_jdk())), r"C:\Program Files\Eclipse Adoptium\jdk-17\bin\java.exe")
        self.assertEqual(MACOS.java(MACOS.example_jdk()).as_posix()[-22:], "Contents/Home/bin/java")


class OptionsTest(unittest.TestCase):
    def test_what_is_asked_for(self):
        self.assertEqual(options.parse(["--check", "a b.ipynb"], {}), options.Request(file="a b.ipynb", check=True, profile="smoke"))
        self.assertEqual(options.parse(["--ijava", "x.zip"], {}).file, "x.zip")
        self.assertIsNone(options.parse(["--help"], {}))
        self.assertEqual(options.parse([], {"GLIP_PROFILE": ""}).profile, "default")

    def test_wrong_words_are_refused(self):
        for words in (["--ijava"], ["--no-such"], ["--platform", "os2"], ["--platform", "linux"], ["--lab", "--platform", "linux"]):
            self.assertRaises(options.Usage, options.parse, words, {})
        self.assertRaisesRegex(Refusal, 'GLIP_PROFILE is "no", but', options.parse, [], {"GLIP_PROFILE": "no"})


class ChecksTest(InFolder):
    def refused(self, words, text=None, name="a.ipynb"):
        file = self.folder / name
        if text is not None:
            file.write_text(text, encoding="utf-8")
        self.assertRaisesRegex(Refusal, words, checks.kernel_of, file)

    def test_what_is_no_notebook_is_told_in_a_sentence(self):
        self.refused("there is no notebook")
        self.refused("it is not JSON", "hello")
        self.refused("it is not JSON", "[" * 100_000)
        self.refused('no list "cells"', "[]")
        self.refused("format 3, but 4", '{"cells": [], "nbformat": 3}')
        self.refused("kernel python3, but there are java and kotlin", '{"cells": [], "nbformat": 4, "metadata": {"kernelspec": {"name": "python3"}}}')
        self.assertRaisesRegex(Refusal, "is a folder", checks.kernel_of, self.folder)

    def test_the_projects_notebooks_have_kernels(self):
        kernels = {file.name: checks.kernel_of(file) for file in (SETUP.parent / "notebooks").glob("*.ipynb")}
        self.assertEqual((kernels["20-lesson.ipynb"], kernels["10-kotlin.ipynb"]), ("java", "kotlin"))

    def test_a_path_that_no_class_path_can_hold_is_refused(self):
        self.assertRaisesRegex(Refusal, 'with a ":" in it', checks.check_path, LINUX, Path("/a:b"))
        self.assertRaisesRegex(Refusal, 'with a ";" in it', checks.check_path, WINDOWS, PureWindowsPath(r"C:\a;b"))
        self.assertRaisesRegex(Refusal, "plain letters", checks.check_path, WINDOWS, PureWindowsPath("C:\\Zoë"))
        checks.check_path(WINDOWS, PureWindowsPath(r"C:\a b"))
        checks.check_path(LINUX, Path("/täst dir;x"))

    def test_a_disk_without_room_is_told_before_anything_starts(self):
        usage = shutil._ntuple_diskusage(10, 10, 50 << 20)
        with mock.patch("shutil.disk_usage", return_value=usage):
            self.assertRaisesRegex(Refusal, "has 0.1 GB left, but .* make room first", checks.check_disk, self.folder, self.folder, False)

    def test_a_java_home_that_is_none_is_named_and_another_is_taken(self):
        with mock.patch.dict(os.environ, {"JAVA_HOME": str(self.folder)}):
            home, faults = tools.find_jdk(Machine.here())
        self.assertRegex(faults[0], "JAVA_HOME is .*, but there is no bin/java in it")
        self.assertNotEqual(home, self.folder)

    @unittest.skipIf(os.name == "nt", "a shell script stands for Java")
    def test_an_old_java_is_named_with_its_version(self):
        java = self.folder / "bin" / "java"
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\necho '    java.specification.version = 1.8'\necho '    java.home = {self.folder}'\n")
        java.chmod(0o700)
        self.assertEqual(tools.fault_of_jdk(LINUX, java), (None, f"{java} is Java 1.8, too old"))


class PlanTest(InFolder):
    def commands(self, machine, *words):
        request = options.parse(list(words), {})
        return [machine.quoted(c) for step in plan.setup_steps(request, places(machine), "java") for c in step.commands]

    def test_the_steps_of_windows(self):
        commands = self.commands(WINDOWS, "--lab")
        self.assertEqual(commands[0], r'py -m venv --clear "C:\Users\Pat Doe\glip\.venv"')
        self.assertTrue(any(c.startswith("mvn.cmd ") for c in commands))
        self.assertTrue(all("/home" not in c for c in commands), commands)

    def test_the_smoke_profile_needs_no_data(self):
        self.assertTrue(any("fetch_scenes" in c for c in self.commands(LINUX)))
        self.assertFalse(any("fetch_scenes" in c for c in self.commands(LINUX, "--check")))

    def test_a_dry_run_of_each_platform_prints_each_step(self):
        for system in SYSTEMS:
            done = subprocess.run(
                [sys.executable, str(SETUP / "run.py"), "--dry-run", "--lab", "--platform", system], capture_output=True, check=True
            )
            said = done.stdout.decode("utf-8")
            self.assertRegex(said, "engine: " + Machine.usual(system).natives())
            self.assertEqual(said.count("-m pip install"), 2, said)
            self.assertIn("my-notebooks/20-lesson.ipynb", said)

    def test_a_step_is_skipped_until_its_inputs_change(self):
        source, stamp, log = self.folder / "in", self.folder / "stamp", self.folder / "log"
        source.mkdir()
        (source / "a").write_text("1")
        code = f"open({str(log)!r}, 'a').write('x')"
        step = plan.Step("a step", ((sys.executable, "-c", code),), stamp, (source,), hidden=False)
        step.run(self.folder)
        step.run(self.folder)
        self.assertEqual(log.read_text(), "x")
        (source / "b").write_text("")
        step.run(self.folder)
        self.assertEqual(log.read_text(), "xx")

    def test_what_fails_says_why_and_leaves_no_stamp(self):
        stamp = self.folder / "stamp"
        step = plan.Step("a step", ((sys.executable, "-c", "import sys; sys.exit('no network')"),), stamp)
        with mock.patch("sys.stderr") as said:
            self.assertRaisesRegex(Refusal, "this failed: a step", step.run, self.folder)
        self.assertIn("no network", "".join(call.args[0] for call in said.write.call_args_list))
        self.assertFalse(stamp.exists())

    def test_a_full_disk_on_the_way_is_a_sentence(self):
        with mock.patch.object(main, "_meet", side_effect=OSError(28, "No space left on device", "x")):
            with mock.patch.object(main, "say") as say:
                self.assertEqual(main.main([]), 1)
        self.assertIn("x: No space left on device. Make room", say.call_args.args[0])


class CopiesTest(InFolder):
    def test_what_a_user_changed_stays_and_what_is_new_comes(self):
        originals, mine = self.folder / "notebooks", self.folder / "my"
        (originals / "results").mkdir(parents=True)
        (originals / "a.ipynb").write_text("a")
        (originals / "b.ipynb").write_text("b")
        (originals / "results" / "r.json").write_text("{}")
        copies.refresh(originals, mine)
        (mine / "a.ipynb").write_text("a, run")
        (originals / "b.ipynb").write_text("b2")
        copies.refresh(originals, mine)
        self.assertEqual((mine / "a.ipynb").read_text(), "a, run")
        self.assertEqual((mine / "b.ipynb").read_text(), "b2")
        self.assertTrue((mine / "results" / "r.json").exists())
        (originals / "a.ipynb").write_text("a2")
        with mock.patch.object(copies, "say") as say:
            copies.refresh(originals, mine)
        self.assertIn("my/a.ipynb is yours and stays", say.call_args.args[0])
        self.assertEqual((mine / "a.ipynb").read_text(), "a, run")


class BundleTest(InFolder):
    def test_an_archive_stays_within_its_folder_and_has_no_links(self):
        file = self.folder / "run.sh"
        file.write_text("#!/bin/sh\n")
        file.chmod(0o755)
        (self.folder / "link").symlink_to(file)
        for name in ("b.tar.gz", "b.zip"):
            bundle.write(self.folder / name, {"run.sh": file, "sub/link": self.folder / "link"})
            self.assertFalse((self.folder / (name + ".new")).exists())
        with tarfile.open(self.folder / "b.tar.gz") as archive:
            entries = {entry.name: (entry.isfile(), entry.mode, entry.uname) for entry in archive}
        self.assertEqual(entries, {"glip/run.sh": (True, 0o755, ""), "glip/sub/link": (True, 0o755, "")})
        with zipfile.ZipFile(self.folder / "b.zip") as archive:
            self.assertEqual(archive.namelist(), ["glip/run.sh", "glip/sub/link"])

    def test_a_name_that_would_leave_it_is_refused_and_nothing_is_written(self):
        for name in ("../x", "/etc/x", "a/../../x", "a\\x", "C:x"):
            self.assertRaisesRegex(Refusal, "would not stay", bundle.write, self.folder / "b.zip", {name: SETUP / "run.py"})
        self.assertRaises(OSError, bundle.write, self.folder / "b.zip", {"x": self.folder / "missing"})
        self.assertEqual(list(self.folder.iterdir()), [])


class DoorsTest(unittest.TestCase):
    def test_windows_finds_labels_and_keeps_exit_codes(self):
        for door in (SETUP / "run.cmd", SETUP.parent / "glip-lib/bin/glip.cmd"):
            text = door.read_bytes().decode("ascii")
            self.assertEqual(text.count("\n"), text.count("\r\n"), f"{door}: lines end in CR LF")
            labels = set(re.findall(r"^:(\w+)\r$", text, re.MULTILINE))
            self.assertLessEqual(set(re.findall(r"(?:goto |call :)(\w+)", text)), labels)
            for line in text.splitlines():
                self.assertFalse("(" in line.split("'")[0] and "%errorlevel%" in line, "read before the block runs: " + line)

    def test_both_command_lines_start_java_alike(self):
        folder = SETUP.parent / "glip-lib/bin"
        shell, command = ((folder / name).read_text(encoding="utf-8") for name in ("glip", "glip.cmd"))
        java = re.compile(r"-D[\w.]+=[\w.:]+|-XX:\w+=\d+|--[\w-]+=[\w-]+|org\.glip\.cli\.Glip")
        self.assertEqual(set(java.findall(shell)), set(java.findall(command)))


if __name__ == "__main__":
    unittest.main()
