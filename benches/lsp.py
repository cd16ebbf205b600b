#!/usr/bin/env python3
"""How long an author waits: from a change in the editor to its findings, on a large site, over standard input and output.

    python3 benches/lsp.py [INCIDENTS] [--debug]

Builds in release (or debug), makes the site of `benches/scale.py` in a temporary folder, types into one incident in three
ways (on and on; just when the server begins to look at the whole site; after a rest) and prints the times. It asserts nothing."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from scale import ROOT, site


def frame(message):
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


class Server:
    def __init__(self, program, folder):
        self.process = subprocess.Popen([program, "lsp"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, method, params, **more):
        self.process.stdin.write(frame({"jsonrpc": "2.0", "method": method, "params": params, **more}))
        self.process.stdin.flush()

    def read(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return json.loads(self.process.stdout.read(length))

    def shown(self, version):
        """Waits for the findings about a version."""
        while True:
            message = self.read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"].get("version") == version:
                return message["params"]["diagnostics"]


def main():
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    count = int(numbers[0]) if numbers else 10_000
    debug = "--debug" in sys.argv
    subprocess.run(["cargo", "build", "--quiet"] + ([] if debug else ["--release"]), cwd=ROOT, check=True)
    program = ROOT / "target" / ("debug" if debug else "release") / "candor"
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "site"
        folder.mkdir()
        site(folder, count)
        source = sorted((folder / "content/incidents").glob("*.md"))[count // 2]
        text, uri = source.read_text(), source.as_uri()
        server = Server(program, folder)
        server.send("initialize", {"capabilities": {}}, id=1)
        server.read()
        server.send("initialized", {})
        started = time.monotonic()
        server.send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})
        server.shown(1)
        print(f"{count} incidents; from opening the first file to its findings: {time.monotonic() - started:.2f} s")
        line = text[:text.index("\n### What you can do")].count("\n") - 1
        for what, keys, pause in (("typing without rest", 400, (0.02, 0.04)), ("a key while it looks", 200, (0.2, 0.3)),
                                  ("a key after each rest", 100, (0.6, 0.8) if not debug else (3, 4))):
            times = []
            for number in range(keys):
                version = getattr(server, "version", 1) + 1
                server.version = version
                at = {"line": line, "character": 0}
                started = time.monotonic()
                server.send("textDocument/didChange", {"textDocument": {"uri": uri, "version": version},
                            "contentChanges": [{"range": {"start": at, "end": at}, "text": "We hope to end it soon. " if number % 20 == 0 else "x"}]})
                server.shown(version)
                times.append((time.monotonic() - started) * 1000)
                time.sleep(random.uniform(*pause))
            times.sort()
            at = lambda share: times[min(len(times) * share // 100, len(times) - 1)]
            print(f"{what:22} change to findings, ms: median {at(50):.1f}, 95th of 100 {at(95):.1f}, 99th {at(99):.1f}, "
                  f"worst of {keys} {times[-1]:.1f}")
        server.send("shutdown", None, id=2)
        server.send("exit", None)
        sys.exit(server.process.wait())


if __name__ == "__main__":
    main()
