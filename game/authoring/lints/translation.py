"""Whether a scenario's words are translated as far as they are said to be."""

from __future__ import annotations

from collections.abc import Iterator

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic, listing
from game.scenario.domains import domains_of, state
from game.scenario.language import catalogues_in

_NAMED = 5


def missing(subject: Subject) -> Iterator[Diagnostic]:
    """S011: a language that is declared, or has a catalogue of the scenario, lacks some texts."""
    loaded = subject.loaded
    files = domains_of(loaded)
    if not files or f"{files[0].name}.yaml" != loaded.main:
        return  # it lies in no folder, but in an archive or a transcript
    main, *others = files
    begun = [t for t in catalogues_in(main.folder) if main.catalogue(t).is_file()]
    declared = subject.scenario.languages
    for tag in dict.fromkeys((*declared, *begun)):
        for domain in (main, *others):
            found = state(domain, tag)
            lacking = (*found.missing, *found.fuzzy)
            if not lacking or tag == subject.scenario.lang:
                continue
            count = "one text is" if len(lacking) == 1 else f"{len(lacking)} texts are"
            key = "languages" if tag in declared else "scenario"
            yield subject.complaint(
                "S011",
                f"{count} not translated into {tag}: {listing(lacking, _NAMED)}",
                subject.place((key,)),
                field=key,
                expected=f"all {found.total} texts of {domain.name}.yaml in {tag}",
                fix=f"longlunch strings export {subject.root.file} --lang {tag}, "
                "fill in, and import",
            )
