#!/usr/bin/python3
"""The ledger finds every kind of fault that is planted in it."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from faults.ledger import Account, Ack, Event, Reading, audit  # noqa: E402 (the path comes first)


class LedgerTest(unittest.TestCase):
    def setUp(self):
        self.history = [Event(seq, f"id-{seq}", f"ann {seq}") for seq in range(1, 6)]
        self.ann = Account("sender", "ann")
        for event in self.history:
            self.ann.write(event.text)
            self.ann.ack(Ack(event.text, event.message_id, event.seq))
        self.reading = Reading("reader", "bob", list(self.history))

    def check(self, lost=0, duplicated=0, reordered=0, problems=True):
        result = audit([self.ann], self.history, [self.reading])
        self.assertEqual((result.lost, result.duplicated, result.reordered), (lost, duplicated, reordered),
                         result.problems)
        self.assertEqual(bool(result.problems), problems)
        self.assertEqual(result.is_clean, not problems)

    def test_all_is_well(self):
        self.check(problems=False)

    def test_an_acknowledged_message_is_missing(self):
        del self.history[4]
        del self.reading.events[4]
        self.check(lost=1)

    def test_an_acknowledged_message_has_another_seq(self):
        self.ann.acks[4] = Ack("ann 5", "id-5", 4)
        self.check(lost=1)

    def test_a_message_without_an_answer_is_missing(self):
        self.ann.write("ann 6")
        self.check(lost=1)

    def test_what_nobody_had_taken_over_may_be_missing(self):
        self.ann.write("ann 6", unsure=True)
        self.check(problems=False)
        self.ann.promise("ann 6")
        self.check(lost=1)

    def test_the_history_has_a_hole(self):
        self.history[4] = Event(6, "id-5", "ann 5")
        self.ann.acks[4] = Ack("ann 5", "id-5", 6)
        self.reading.events[4] = self.history[4]
        self.check(lost=1)

    def test_a_message_is_stored_twice_under_two_ids(self):
        self.history.append(Event(6, "id-6", "ann 5"))
        self.reading.events.append(self.history[5])
        self.ann.acks[4] = Ack("ann 5", "id-6", 6)
        self.check(duplicated=1)

    def test_an_id_is_stored_twice(self):
        self.history.append(Event(6, "id-5", "ann 6"))
        self.reading.events.append(self.history[5])
        self.ann.write("ann 6")
        self.check(duplicated=1)

    def test_an_author_is_reordered(self):
        self.ann.written[1:3] = self.ann.written[2:0:-1]
        self.check(reordered=1)

    def test_half_a_message(self):
        self.history[4] = Event(5, "id-5", "ann")
        self.reading.events[4] = self.history[4]
        self.check(lost=1)

    def test_a_reader_misses_one(self):
        del self.reading.events[2]
        self.check(lost=1)

    def test_a_reader_gets_one_twice(self):
        self.reading.events.insert(2, self.reading.events[1])
        self.check(duplicated=1)

    def test_a_reader_gets_them_out_of_order(self):
        self.reading.events[1:3] = self.reading.events[2:0:-1]
        self.check(reordered=1)

    def test_a_reader_gets_another_text(self):
        self.reading.events[2] = Event(3, "id-3", "forged")
        self.check()

    def test_a_reader_who_came_late(self):
        self.reading.since = 2
        del self.reading.events[:2]
        self.check(problems=False)


if __name__ == "__main__":
    unittest.main()
