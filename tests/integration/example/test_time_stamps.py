"""Time stamps of packs: made by an authority of the tests' own, held against the manifest, never believed.

The authority is openssl's; without it nothing here can be tested.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.assets import example_dir
from auditor.errors import InputRejected
from auditor.jobs.audit import audit
from auditor.jobs.evidence import pack
from auditor.jobs.evidence_check import STAMP_SLOT, check_pack, manifest_of
from auditor.jobs.findings import list_findings, update_findings
from auditor.jobs.ingest import ingest
from auditor.jobs.timestamp import read_stamp, request_of
from auditor.registry import Registry
from auditor.storage import Store, open_store

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")

SETTINGS = """\
[tsa]
default_tsa = here
[here]
dir = .
serial = ./serial
signer_cert = ./tsa.pem
signer_key = ./tsa.key
certs = ./root.pem
default_policy = 1.2.3.4
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
[v3]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
basicConstraints = critical, CA:false
"""


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@dataclass(frozen=True)
class Authority:
    """A root, and under it somebody who stamps."""

    folder: Path

    @classmethod
    def made(cls, folder: Path, name: str) -> Authority:
        folder.mkdir()
        (folder / "tsa.cnf").write_text(SETTINGS, encoding="utf-8")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        root = (
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
            "-days",
            "3650",
            "-subj",
            f"/O={name}/CN={name} root",
        )
        openssl(folder, "req", "-x509", *key, *root)
        openssl(
            folder, "req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/O={name}/CN={name} time"
        )
        signs = ("-CA", "root.pem", "-CAkey", "root.key", "-days", "3650", "-extfile", "tsa.cnf")
        openssl(folder, "x509", "-req", "-in", "tsa.csr", *signs, "-extensions", "v3", "-out", "tsa.pem")
        (folder / "serial").write_text("01\n", encoding="utf-8")
        return cls(folder)

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    def answer(self, request: bytes) -> bytes:
        (self.folder / "request.tsq").write_bytes(request)
        files = ("-queryfile", "request.tsq", "-out", "answer.tsr")
        openssl(self.folder, "ts", "-reply", "-config", "tsa.cnf", "-section", "here", *files)
        return (self.folder / "answer.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.made(tmp_path_factory.mktemp("authority") / "one", "Tarn")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('stamps') / 'auditor.db'}") as opened:
        ingest(opened, registry, [example_dir() / "articles"])
        audit(opened, registry)
        update_findings(opened, registry, example_dir() / "licences")
        yield opened


def case_of(store: Store, article: str) -> str:
    return next(one.finding.case for one in list_findings(store) if one.finding.article == article)


@pytest.fixture
def stamped(store: Store, registry: Registry, authority: Authority, tmp_path: Path) -> Path:
    """A pack with the stamp of its manifest, by way of a request that the program wrote."""
    out = tmp_path / "case.zip"
    case = case_of(store, "courier-dam")
    pack(store, registry, case, out)
    answer = authority.answer(request_of(manifest_of(out)))
    pack(store, registry, case, out, stamp=answer)
    return out


def test_a_stamp_of_the_manifest_is_read_and_what_wasnt_checked_is_said(stamped: Path) -> None:
    checked = check_pack(stamped)
    assert checked.problems == () and checked.stamp is not None
    assert checked.stamp.policy == "1.2.3.4"
    assert checked.stamp.at.endswith("Z") and checked.stamp.at > "2025"
    assert checked.stamp.checked == ("the stamp is of these bytes",)
    assert any("who signed it" in one for one in checked.stamp.unchecked)


def test_with_the_authoritys_root_the_signature_is_checked_too(stamped: Path, authority: Authority) -> None:
    checked = check_pack(stamped, authorities=authority.root)
    assert checked.problems == () and checked.stamp is not None
    assert len(checked.stamp.checked) == 2
    assert not any("who signed it" in one for one in checked.stamp.unchecked)
    assert any("revoked" in one for one in checked.stamp.unchecked)


def test_another_authoritys_root_doesnt_do(stamped: Path, tmp_path: Path) -> None:
    other = Authority.made(tmp_path / "other", "Heron")
    (problem,) = check_pack(stamped, authorities=other.root).problems
    assert problem.startswith(f"{STAMP_SLOT}: its signature doesn't hold")
    with pytest.raises(InputRejected, match="PEM"):
        check_pack(stamped, authorities=b"no certificate")


def test_a_stamp_of_other_bytes_is_neither_packed_nor_believed(
    store: Store, registry: Registry, stamped: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(stamped) as archive:
        answer = archive.read(STAMP_SLOT)
    with pytest.raises(InputRejected, match="stamp of other bytes"):
        pack(store, registry, case_of(store, "heap-hoard"), tmp_path / "other.zip", stamp=answer)
    pack(store, registry, case_of(store, "heap-hoard"), tmp_path / "other.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "a") as archive:
        archive.writestr(STAMP_SLOT, answer)
    assert check_pack(tmp_path / "other.zip").problems == (f"{STAMP_SLOT}: it is the stamp of other bytes",)


def test_a_stamp_that_was_tampered_with_is_caught(stamped: Path, authority: Authority) -> None:
    with zipfile.ZipFile(stamped) as archive:
        answer = archive.read(STAMP_SLOT)
    manifest = manifest_of(stamped)
    # Every byte but of the certificates, which hold names that nothing here relies on.
    for at in range(0, len(answer), 7):
        forged = answer[:at] + bytes([answer[at] ^ 0x01]) + answer[at + 1 :]
        try:
            found = read_stamp(forged, manifest, authorities=authority.root)
        except InputRejected:
            continue
        said = read_stamp(answer, manifest, authorities=authority.root)
        assert found.problems or found == said, at


@pytest.mark.parametrize("answer", [b"", b"token", b"\x30\x03\x02\x01\x00", b"\x30\x80", b"\xff" * 500])
def test_what_is_no_stamp_is_refused(
    store: Store, registry: Registry, stamped: Path, tmp_path: Path, answer: bytes
) -> None:
    with pytest.raises(InputRejected):
        pack(store, registry, case_of(store, "courier-dam"), tmp_path / "x.zip", stamp=answer)
    with zipfile.ZipFile(stamped) as archive, zipfile.ZipFile(tmp_path / "x.zip", "w") as forged:
        for name in archive.namelist():
            forged.writestr(name, answer if name == STAMP_SLOT else archive.read(name))
    assert [one.partition(":")[0] for one in check_pack(tmp_path / "x.zip").problems] == [STAMP_SLOT]


def test_openssl_agrees(stamped: Path, authority: Authority, tmp_path: Path) -> None:
    with zipfile.ZipFile(stamped) as archive:
        archive.extractall(tmp_path / "unpacked")
    root = ("-CAfile", str(authority.folder / "root.pem"))
    files = ("-data", "MANIFEST.json", "-in", "MANIFEST.tsr")
    openssl(tmp_path / "unpacked", "ts", "-verify", *files, *root)
