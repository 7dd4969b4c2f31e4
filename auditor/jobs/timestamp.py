"""Reads RFC 3161 time stamps: what they say, of what, and whether that is so; asks for none over a network.

    answer of an authority, what was stamped | imprint, status | signature and chain, where roots are given

A stamp proves no more than is checked, so each says what was and what wasn't. Must not know of packs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256, sha384, sha512
from typing import TYPE_CHECKING

from auditor.errors import InputRejected

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_HASHES = {
    "2.16.840.1.101.3.4.2.1": sha256,
    "2.16.840.1.101.3.4.2.2": sha384,
    "2.16.840.1.101.3.4.2.3": sha512,
}
# PKIStatus of RFC 3161, 2.4.2: granted; granted with changes is told as what it is.
_GRANTED = 0
# What no check here does: it would need a network, or the authority's policy read by somebody.
_NEVER = "whether the authority's certificate was revoked", "what the authority's policy promises"
# DER: the tag of SignedData's certificates, and up to where a length is a single byte.
_CERTIFICATES = 0xA0
_SHORT = 0x80
_IMPRINT = "the stamp is of these bytes"
_CHAIN = "the stamp is signed by an authority under the certificates that were given"


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a time stamp says, and how much of it was checked."""

    at: str
    policy: str
    serial: str
    checked: tuple[str, ...]
    unchecked: tuple[str, ...]
    problems: tuple[str, ...] = ()

    def sentence(self) -> str:
        """The stamp in words."""
        said = f"time stamp of {self.at}, number {self.serial}, policy {self.policy}"
        checked, unchecked = ", ".join(self.checked) or "nothing", ", ".join(self.unchecked)
        return f"{said}; checked: {checked}; not checked: {unchecked}"


def read_stamp(answer: bytes, stamped: bytes, *, authorities: bytes | None = None) -> Stamped:
    """Hold an authority's answer (DER) against what it should be a stamp of.

    ``authorities`` are certificates in PEM, at least one of them a root: with them signature and chain are
    checked too, as of the stamp's own time. Raises InputRejected where answer or certificates can't be read.
    """
    response = _decoded(answer)
    told = response.tst_info
    problems = []
    if response.status != _GRANTED:
        problems.append(f"the authority didn't grant it as asked (status {response.status})")
    hashed = _HASHES.get(told.message_imprint.hash_algorithm.dotted_string)
    if hashed is None:
        problems.append(f"its hash {told.message_imprint.hash_algorithm.dotted_string} isn't known")
    elif hashed(stamped).digest() != told.message_imprint.message:
        problems.append("it is the stamp of other bytes")
    checked, unchecked = ([], [_IMPRINT]) if problems else ([_IMPRINT], [])
    if authorities is None:
        unchecked.append("who signed it, and with which certificate")
    elif trouble := _signature(response, stamped, _certificates(authorities)):
        problems.append(trouble)
    elif not problems:
        checked.append(_CHAIN)
    return Stamped(
        at=told.gen_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        policy=told.policy.dotted_string,
        serial=f"{told.serial_number:x}",
        checked=tuple(checked),
        unchecked=(*unchecked, *_NEVER),
        problems=tuple(problems),
    )


def request_of(stamped: bytes) -> bytes:
    """A request (DER) that an authority answers with a stamp of these bytes; it holds their digest alone."""
    from rfc3161_client import TimestampRequestBuilder

    return TimestampRequestBuilder().data(stamped).build().as_bytes()


def _decoded(answer: bytes) -> TimeStampResponse:
    from rfc3161_client import decode_timestamp_response

    try:
        response = decode_timestamp_response(_in_order(answer))
        response.tst_info  # noqa: B018 - an answer without a token fails here
    except Exception as problem:
        raise InputRejected(
            "the time stamp isn't an answer in the form of RFC 3161", "name the file that the authority sent"
        ) from problem
    return response


def _in_order(answer: bytes) -> bytes:
    """The same answer with its certificates in the order that DER asks for.

    Widespread authorities (those made with OpenSSL) don't keep it, the parser insists on it, and nothing that
    is signed covers it. What isn't of this form is left as it is, for the parser to refuse.
    """
    try:
        token = _parts(answer, *_parts(answer, 0, len(answer))[0])[1]
        wrapped = _parts(answer, *_parts(answer, *token)[1])[0]
        certificates = next(one for one in _parts(answer, *wrapped) if answer[one[2]] == _CERTIFICATES)
        within = _parts(answer, *certificates)
    except (IndexError, StopIteration, ValueError):
        return answer
    ordered = b"".join(sorted(answer[start:end] for _, end, start in within))
    return answer[: certificates[0]] + ordered + answer[certificates[1] :]


def _parts(der: bytes, start: int, end: int, _header: int = 0) -> list[tuple[int, int, int]]:
    """The elements from start to end: where each one's content begins, where it ends, where it begins."""
    found = []
    while start < end:
        length, at = der[start + 1], start + 2
        if length == _SHORT:
            raise ValueError(start)  # of no definite length: not DER
        if length > _SHORT:
            at += length - _SHORT
            length = int.from_bytes(der[start + 2 : at], "big")
        if at + length > end:
            raise ValueError(start)
        found.append((at, at + length, start))
        start = at + length
    return found


def _signature(response: TimeStampResponse, stamped: bytes, certificates: Sequence[Certificate]) -> str:
    """What is wrong with signature or chain; "" where nothing is."""
    from rfc3161_client import VerificationError, VerifierBuilder

    builder = VerifierBuilder()
    for one in certificates:
        is_root = one.issuer == one.subject
        builder = builder.add_root_certificate(one) if is_root else builder.add_intermediate_certificate(one)
    try:
        builder.build().verify_message(response, stamped)
    except VerificationError as problem:
        return f"its signature doesn't hold: {problem}"
    except Exception as problem:  # noqa: BLE001 - certificates of the answer may be anything
        return f"its signature can't be checked: {type(problem).__name__}"
    return ""


def _certificates(pem: bytes) -> list[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        found = load_pem_x509_certificates(pem)
    except ValueError as problem:
        raise InputRejected("the authority's certificates aren't in PEM", "name a file of them") from problem
    return list(dict.fromkeys(found))
