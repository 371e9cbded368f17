import pytest, time, collections, pickle
from tests.canaries.reading import *
from tests.canaries.addresses import *
pytestmark = pytest.mark.django_db
def test_x(world):
    t=time.perf_counter()
    r=walk(world)
    print("READ", r.read, time.perf_counter()-t)
    print("BROKEN", len(r.broken)); print("\n".join(r.broken[:60]))
    by=collections.defaultdict(list)
    for h in r.heard:
        c=world.birds[h.number]
        if h.role not in c.audience: by[(c.text,c.label,h.role)].append(h.address)
    print("LEAKS", len(by))
    for k,v in sorted(by.items(), key=lambda i:(i[0][2],i[0][1])): print(k, len(v), sorted(v)[:4])
    heard={h.number for h in r.heard}
    print("UNHEARD"); 
    for c in world.birds:
        if c.number not in heard and not c.unseen: print("  ", c, sorted(c.audience))
    print("SEEN THOUGH UNSEEN", [str(world.birds[n]) for n in heard if world.birds[n].unseen])
