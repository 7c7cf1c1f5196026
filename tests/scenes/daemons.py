"""What the plays of monitoring daemons share: the services, what must arrive of each, and a folder for the daemon."""

import os
import pwd
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLUGINS = "check_rrsig_expiry", "check_ds_mismatch", "check_edns_size"
PATIENCE = 60  # seconds until every service must have been checked

# Zone, what is checked, state, and how its line of output begins.
SERVICES = (
    ("good.lab", "rrsig", 0, r"RRSIG_EXPIRY OK - "),
    ("good.lab", "ds", 0, r"DS_MISMATCH OK - good\.lab: 1 of 1 DS "),
    ("good.lab", "edns", 0, r"EDNS_SIZE OK - "),
    ("stale2.lab", "rrsig", 2, r"RRSIG_EXPIRY CRITICAL - .*ns2\.stale2\.lab"),
    ("dsupper.lab", "ds", 2, r"DS_MISMATCH CRITICAL - .*owner-case"),
    ("dsupper.lab", "ds-file", 2, r"DS_MISMATCH CRITICAL - .*do not upload this DS"),
    ("nods.lab", "ds", 1, r"DS_MISMATCH WARNING - .*no-ds"),
    ("edns.lab", "edns", 2, r"EDNS_SIZE CRITICAL - edns\.lab: ns2\.edns\.lab .* TCP is refused"),
    ("halfsigned.lab", "edns", 2, r"EDNS_SIZE CRITICAL - halfsigned\.lab: ns2\.halfsigned\.lab .* no signature"),
    ("timeout.lab", "edns", 1, r"EDNS_SIZE WARNING - timeout\.lab: ns2\.timeout\.lab .*neither UDP nor TCP is answered"),
    ("refused.lab", "edns", 1, r"EDNS_SIZE WARNING - refused\.lab: ns2\.refused\.lab .*REFUSED"),
    ("good.lab", "edns-via", 0, r"EDNS_SIZE OK - "),
    ("stale2.lab", "rrsig-server", 2, r"RRSIG_EXPIRY CRITICAL - "),
)


def skip(play, reason):
    """Ends the play."""
    print("SKIP {}: {}".format(play, reason))
    sys.exit(0)


def user_of(play, program):
    """Whom the daemon runs as."""
    for tool in (program, "dig"):
        if not shutil.which(tool):
            skip(play, "{} is not installed".format(tool))
    try:
        return pwd.getpwnam("nagios") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    except KeyError:
        skip(play, "there is no user nagios")


def write(path, text):
    """Makes a file."""
    with open(path, "w", encoding="ascii") as target:
        target.write(text)


def fill(folder):
    """The plugins, the lab's trust anchor, and a DS set to be judged, where the daemon's user can read them."""
    os.mkdir(os.path.join(folder, "plugins"))
    for plugin in PLUGINS:
        shutil.copy(os.path.join(os.environ["SCENES_BUILD"], "nagios", plugin), os.path.join(folder, "plugins"))
    shutil.copy(os.environ["LAB_ANCHOR"], os.path.join(folder, "anchor"))
    answer = subprocess.run(["dig", "+short", "@" + os.environ["LAB_PARENT_NSD"], "-p", os.environ["LAB_PORT"], "dsupper.lab",
                             "DS"], capture_output=True, text=True, check=True)
    write(os.path.join(folder, "dsset"), "dsupper.lab. IN DS " + answer.stdout)


def give(folder, user):
    """Has everything in the folder belong to the daemon's user."""
    for at, _, names in os.walk(folder):
        for name in [at] + [os.path.join(at, name) for name in names]:
            os.chown(name, user.pw_uid, user.pw_gid)


def end(process):
    """Ends a daemon that was started, by its process."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def tell(play, zone, service, wanted, pattern, result):
    """A line of the play. `result` is the state, the first line, the others, and the performance data; or None."""
    faults = []
    if result is None:
        faults.append("was not checked within {} s".format(PATIENCE))
    else:
        state, line, more, data = result
        if state != wanted:
            faults.append("state {}, wanted {}".format(state, wanted))
        if not re.match(pattern, line):
            faults.append("output: " + line[:200])
        if "time=" not in data or "|" in data:
            faults.append("performance data: " + data[:200])
        if wanted and not re.search(r"(WARNING|CRITICAL): ", more):
            faults.append("further lines: " + more[:200])
    print("{} {}/{}/{}{}".format("FAIL" if faults else "PASS", play, service, zone, ": " + faults[0] if faults else ""))
    for fault in faults[1:]:
        print("    and " + fault)
