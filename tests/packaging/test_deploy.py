"""What deploy/ gives is right, as far as can be told here: each check is by its own program."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DEPLOY = CHECKOUT / "deploy"
OPTIONS = {"nightly"}


def test_systemd_takes_service_and_timer(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    for unit in (DEPLOY / "systemd").iterdir():
        # The program and the user needn't be installed here for the units to be right.
        text = unit.read_text().replace("/usr/local/bin/auditor", shutil.which("true") or "/bin/true")
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^(User|Group)=.*\n|^Documentation=.*\n", "", text))
    words = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    about_ours = [line for line in done.stderr.splitlines() if "auditor-nightly" in line]
    assert (done.returncode, about_ours) == (0, [])


def test_the_timer_means_each_night() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    when = re.search(r"(?m)^OnCalendar=(.*)$", (DEPLOY / "systemd" / "auditor-nightly.timer").read_text())
    assert when
    words = ["systemd-analyze", "calendar", "--iterations=3", when[1]]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_the_crontab_line_runs_a_night(tmp_path: Path) -> None:
    lines = [line for line in (DEPLOY / "crontab").read_text().splitlines() if line and line[0] != "#"]
    assert len(lines) == 1
    found = re.fullmatch(r"(\d+) (\d+) \* \* \* (.+)", lines[0])
    assert found
    assert int(found[1]) < 60
    assert int(found[2]) < 24
    assert "%" not in found[3], "cron would take it for a line end"
    command = found[3].replace("/var/lib/auditor", str(tmp_path))
    command = command.replace("/usr/local/bin/auditor", f"{sys.executable} -m auditor")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(
        ["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "nothing new to audit" in done.stdout
    events = [json.loads(line)["event"] for line in (tmp_path / "nightly.log").read_text().splitlines()]
    assert events[0] == "started"
    assert events[-1] == "done"


def test_kubernetes_takes_the_manifest(tmp_path: Path) -> None:
    if shutil.which("kubectl") is None:
        pytest.skip("no kubectl on this machine")
    shutil.copy(DEPLOY / "kubernetes.yaml", tmp_path)
    (tmp_path / "kustomization.yaml").write_text("resources: [kubernetes.yaml]\n")
    done = subprocess.run(
        ["kubectl", "kustomize", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.findall(r"(?m)^kind: (\w+)", done.stdout) == ["PersistentVolumeClaim", "CronJob"]


def test_the_image_copies_what_is_there_and_runs_a_command_that_is() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    for sources in re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", text):
        for source in sources.split():
            assert (CHECKOUT / source).exists(), source
    for constraint in re.findall(r"-r (\S+)", text):
        assert (CHECKOUT / constraint).is_file(), constraint
    command = re.search(r'(?m)^CMD \["(\w+)"\]$', text)
    assert command
    assert command[1] in OPTIONS


def steps() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with what they say, lines that go on joined."""
    text = re.sub(r"(?m)^#.*\n", "", (DEPLOY / "Dockerfile").read_text()).replace("\\\n", " ")
    return [
        (word, rest.strip()) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)
    ]


def test_each_step_of_the_image_is_one_that_docker_knows() -> None:
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "ENTRYPOINT", "CMD"}
    assert {word for word, _ in steps()} <= known
    said = dict(steps())
    stages = [rest.split(" AS ")[1] for word, rest in steps() if word == "FROM" and " AS " in rest]
    taken = re.findall(r"--from=(\S+)", " ".join(rest for word, rest in steps() if word == "COPY"))
    assert set(taken) <= set(stages)
    assert f"useradd --uid 10001 --create-home {said['USER']}" in " ".join(rest for _, rest in steps())
    assert json.loads(said["ENTRYPOINT"]) + json.loads(said["CMD"]) == ["auditor", "nightly"]


def test_what_the_image_copies_is_enough_to_install_and_to_run_a_night(tmp_path: Path) -> None:
    """The steps of the build in a folder that holds nothing else; ``test_installed`` does the pinned ones."""
    source, site, data = tmp_path / "src", tmp_path / "site", tmp_path / "data"
    data.mkdir()
    for word, rest in steps():
        if word == "COPY" and "--from" not in rest:
            *names, target = rest.split()
            for name in names:
                place = source / target
                place.parent.mkdir(parents=True, exist_ok=True)
                if (CHECKOUT / name).is_dir():
                    shutil.copytree(
                        CHECKOUT / name, place, ignore=shutil.ignore_patterns("__pycache__", "_bundled")
                    )
                else:
                    place.mkdir(exist_ok=True)
                    shutil.copy(CHECKOUT / name, place)
    run = next(rest for word, rest in steps() if word == "RUN" and "--no-index ." in rest)
    words = run.replace("/opt/auditor/bin/pip", f"{sys.executable} -m pip").split()
    subprocess.run([*words, "--quiet", "--target", str(site)], cwd=source, check=True, capture_output=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(site)}
    code = "import auditor, auditor.cli; print(auditor.__file__); auditor.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "nightly"],
        cwd=data,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.splitlines()[0]).is_relative_to(site)
    assert (data / "report" / "index.html").is_file()


def test_docker_takes_the_image() -> None:
    docker = shutil.which("docker")
    answers = docker and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0
    if not answers:
        pytest.skip("no docker daemon on this machine")
    words = ["docker", "build", "--check", "-f", str(DEPLOY / "Dockerfile"), str(CHECKOUT)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
