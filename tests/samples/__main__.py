"""`python -m tests.samples`: the dossiers in docs/samples, written anew."""

from tests.papers.a_case import dossier, oral_dossier
from tests.samples.write import write_sample

for name, papers in (("written-and-confirmed", dossier()), ("oral", oral_dossier())):
    print(write_sample(name, papers))
