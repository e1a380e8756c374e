"""A client of the server, written from docs/protocol.md alone, with nothing but Python's standard library.

    python3 client.py URL PIN

Two people of one commune and their officer (xa1, xa1b, huyen1 of the tests) hand in, read, meet a conflict, a decision that was
quicker and a refusal. What came of it is printed as JSON. Then a line on standard input says that the server was put back, they
go on, and what they hold is printed once more.
"""

import json
import sys
import urllib.request
from datetime import datetime, timezone


def now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def post(url: str, body: dict, headers: dict = {}) -> dict:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json", **headers}, method="POST"
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


class Client:
    """One person on one device: what she has read, and what she has written and is not confirmed yet."""

    def __init__(self, url: str, login: str, pin: str):
        self.url = url
        answer = post(
            f"{url}/api/v1/sign-in", {"login": login, "pin": pin, "device": "client.py", "writer": None}
        )
        self.writer = answer["writer"]
        self.scope = answer["scope"]
        self.epoch = answer["epoch"]
        self.headers = {
            "X-Writer": self.writer["credential"],
            "Authorization": f"Bearer {answer['session']}",
        }
        self.records: dict[str, dict] = {}
        self.cursor: dict[str, int] = {}
        self.since: dict[str, int] = {}
        self.queue: list[dict] = []
        self.sent: list[dict] = []
        self.refused: list[dict] = []
        self.last_seq = 0
        self.last_record = 0

    def new_id(self) -> str:
        self.last_record += 1
        return f"{self.writer['number']:08x}-0000-8000-8000-{self.last_record:012x}"

    def change(self, record: str, **deed: object) -> None:
        self.last_seq += 1
        base = self.records[record]["rev"] if record in self.records else 0
        self.queue.append({"seq": self.last_seq, "record": record, "base": base, "made": now(), **deed})

    def save(self, record: str, patch: dict) -> None:
        self.change(record, do="save", kind="activity", unit=self.scope["me"]["unit"], patch=patch)

    def ask(self) -> dict:
        return post(
            f"{self.url}/api/v1/sync",
            {
                "v": 1,
                "schema": 1,
                "epoch": self.epoch,
                "cursor": self.cursor,
                "since": self.since,
                "scope": self.scope["version"],
                "last": self.last_seq,
                "changes": self.queue,
                "now": now(),
            },
            self.headers,
        )

    def sync(self) -> None:
        while True:
            answer = self.ask()
            is_new_epoch = answer["epoch"] != self.epoch
            if is_new_epoch:
                self.start_over(answer)
            else:
                self.take_in(answer)
            waits = any(change["seq"] > answer["upto"] for change in self.queue)
            if not (is_new_epoch or answer["more"] or waits):
                return

    def start_over(self, answer: dict) -> None:
        lost = [change for change in self.sent if change["seq"] > answer["upto"]]
        self.sent = [change for change in self.sent if change["seq"] <= answer["upto"]]
        self.queue = lost + self.queue
        self.epoch, self.cursor, self.since, self.records = answer["epoch"], {}, {}, {}

    def take_in(self, answer: dict) -> None:
        verdicts = {verdict["seq"]: verdict for verdict in answer["verdicts"]}
        decided = [change for change in self.queue if change["seq"] <= answer["upto"]]
        self.queue = [change for change in self.queue if change["seq"] > answer["upto"]]
        self.sent = [*(kept for kept in self.sent if kept["seq"] > answer.get("backed", 0)), *decided]
        for change in decided:
            if change["seq"] in verdicts:
                self.refused.append({**verdicts[change["seq"]], "change": change})
            elif change["do"] == "save":
                held = self.records.setdefault(change["record"], {"rev": 0, "fields": {}, "events": []})
                held["fields"].update(change["patch"])
        for row in answer["records"]:
            self.put(row)
        if answer["scope"] is not None:
            self.scope = answer["scope"]
        self.cursor = {**self.cursor, **answer["cursor"]}
        for feed in answer["drop"]:
            self.cursor.pop(str(feed), None)
        if not answer["more"] and not answer["signIn"]:
            self.since = dict(self.cursor)

    def put(self, row: dict) -> None:
        held = self.records.get(row["id"])
        if row["whole"] or held is None:
            self.records[row["id"]] = row
            return
        fields = {**held["fields"], **row["fields"]}
        self.records[row["id"]] = {**row, "fields": fields, "events": held["events"] + row["events"]}


ACTIVITY = {
    "form": "loa_truyen_thanh",
    "title": "Phát chuyên mục bình đẳng giới tháng 12",
    "topics": ["phap_luat_bdg"],
    "audiences": ["nhan_dan"],
    "start_date": "2019-12-01",
    "end_date": "2019-12-20",
    "campaign_year": 2019,
    "host_org": "ubnd_xa",
    "broadcast_count": 8,
    "broadcast_features": 2,
    "broadcast_minutes": 96,
    "funding": [{"source": "khong_kinh_phi", "amount_vnd": 0}],
    "task_codes": ["II.1.a.3"],
}


def play(clients: list[Client]) -> dict:
    ana, ben, officer = clients
    record = ana.new_id()
    ana.save(record, ACTIVITY)
    # The answer is lost on its way; the same request a second time makes nothing twice.
    ana.ask()
    ana.sync()
    ben.sync()

    ana.save(record, {"title": "Tên của người thứ nhất"})
    ben.save(record, {"title": "Tên của người thứ hai"})
    ana.sync()
    ben.sync()
    ana.sync()
    met = {"title": ana.records[record]["fields"]["title"], "event": ana.records[record]["events"][-1]}
    ana.save(record, {"title": "Tên của người thứ nhất"})
    ana.sync()
    settled = ana.records[record]["events"][-1]

    officer.sync()
    officer.change(record, do="approve")
    officer.sync()
    ana.save(record, {"venue": "Nhà văn hóa thôn 2"})
    ana.save(ana.new_id(), {**ACTIVITY, "title": ""})
    ana.sync()
    ben.sync()
    officer.sync()
    return {"met": met, "settled": settled, "refused": ana.refused, **standing(clients)}


def standing(clients: list[Client]) -> dict:
    return {
        "held": [client.records for client in clients],
        "waiting": [len(client.queue) for client in clients],
    }


def tell(what: dict) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    everybody = [Client(sys.argv[1], login, sys.argv[2]) for login in ("xa1", "xa1b", "huyen1")]
    tell(play(everybody))
    sys.stdin.readline()
    # Twice: who comes first does not hear yet what the others bring back.
    for client in everybody * 2:
        client.sync()
    tell(standing(everybody))
