"""The metrics are in Prometheus' text format, whatever a label holds."""

from __future__ import annotations

from pathlib import Path

from auditor.jobs.metrics import metrics_text, write_metrics


def test_each_family_has_its_help_type_and_samples() -> None:
    text = metrics_text({"articles": ("Held", [({}, 3)]), "count": ("C", [({"what": 'a "b"\\\n'}, 0.25)])})
    assert text.splitlines() == [
        "# HELP auditor_articles Held",
        "# TYPE auditor_articles gauge",
        "auditor_articles 3",
        "# HELP auditor_count C",
        "# TYPE auditor_count gauge",
        'auditor_count{what="a \\"b\\"\\\\\\n"} 0.25',
    ]


def test_a_time_keeps_its_seconds() -> None:
    assert "auditor_end 1795341600\n" in metrics_text({"end": ("E", [({}, 1795341600.0)])})


def test_the_file_appears_whole_in_a_folder_that_is_made(tmp_path: Path) -> None:
    write_metrics(tmp_path / "new" / "a.prom", {"articles": ("Held", [({}, 3)])})
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.prom"]
