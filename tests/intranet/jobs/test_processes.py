import os
import subprocess

from intranet.jobs import processes


def test_a_living_process_is_not_dead():
    me = processes.identity(os.getpid())

    assert processes.is_here(me)
    assert not processes.is_dead(me)


def test_a_process_that_ended_is_dead_even_unburied():
    child = subprocess.Popen(["sleep", "60"])
    name = processes.identity(child.pid)
    assert not processes.is_dead(name)

    child.kill()
    while processes.started(child.pid) is not None:
        pass

    assert processes.is_dead(name)
    child.wait()
    assert processes.is_dead(name)


def test_the_same_number_given_to_another_process_is_dead():
    machine, pid, ticks = processes.identity(os.getpid()).rsplit("/", 2)

    assert processes.is_dead(f"{machine}/{pid}/{int(ticks) - 1}")


def test_nothing_is_said_of_the_processes_of_other_machines():
    assert not processes.is_here("another-boot/pid:[1]/1/1")
    assert not processes.is_dead("another-boot/pid:[1]/1/1")
