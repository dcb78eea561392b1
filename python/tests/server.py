"""A real server in a process of its own, over a small project in memory."""

import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLASS_PATH = ROOT / "app" / "target" / "test-class-path"


class Server:
    """Runs between ``start`` and ``stop``; ``url`` is where it listens."""

    def __init__(self, clock):
        self._clock = clock

    def start(self):
        self._folder = tempfile.TemporaryDirectory()
        pathlib.Path(self._folder.name, "penstock.yaml").write_text("project: flights\n")
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        self._process = subprocess.Popen(
            [java, "-cp", _class_path(), "dev.penstock.app.MemoryMain",
             "serve", "--port", "0", "--clock", self._clock],
            cwd=self._folder.name, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        if not line.startswith("Serving at "):
            raise RuntimeError(f"the server did not start: {line!r}")
        self.url = line.split()[2]
        return self

    def stop(self):
        self._process.terminate()
        self._process.wait(60)
        self._process.stdout.close()
        self._folder.cleanup()


def _class_path():
    if not CLASS_PATH.exists():
        raise RuntimeError(f"{CLASS_PATH} is missing; run ./mvnw verify first")
    own = [ROOT / "app" / "target" / name for name in ("test-classes", "classes")]
    return os.pathsep.join([*map(str, own), CLASS_PATH.read_text().strip()])
