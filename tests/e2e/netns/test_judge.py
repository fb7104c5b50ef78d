#!/usr/bin/python3
"""The judge of gaps, judged."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from netns.judge import gaps_in, goal_of, longest, longest_of_paths  # noqa: E402 (the path comes first)

INTERVAL = 0.02


def gap(times, begin=1.0, end=2.0):
    return round(longest(gaps_in(times, begin, end, INTERVAL)), 6)


def steady(begin, end):
    return [begin + number * INTERVAL for number in range(round((end - begin) / INTERVAL))]


class Gaps(unittest.TestCase):
    def test_steady_stream_has_none(self):
        self.assertEqual(gap(steady(0.5, 2.5)), 0)

    def test_hole_counts_without_the_interval(self):
        self.assertEqual(gap(steady(0.5, 1.2) + steady(1.5, 2.5)), 0.3)

    def test_hole_begins_with_what_came_before_the_fault(self):
        self.assertEqual(gap([0.99, *steady(1.4, 2.5)]), 0.39)

    def test_hole_before_the_fault_is_not_the_faults(self):
        self.assertEqual(gap([0.1, *steady(0.8, 2.5)]), 0)

    def test_stream_that_never_comes_back_counts_to_the_end(self):
        self.assertEqual(gap(steady(0.5, 1.2)), 0.8)

    def test_hole_that_reaches_beyond_the_end_is_cut_there(self):
        self.assertEqual(gap([*steady(0.5, 1.92), 7.0]), 0.08)

    def test_nothing_at_all(self):
        self.assertEqual(gap([]), 0.98)

    def test_order_of_records_is_of_no_account(self):
        self.assertEqual(gap(list(reversed(steady(0.5, 2.5)))), 0)


class Blame(unittest.TestCase):
    def blamed(self, gaps, own, deaths):
        return round(longest_of_paths(gaps, own, deaths), 6)

    def test_paths_are_blamed_for_what_only_they_stall(self):
        self.assertEqual(self.blamed([(5.0, 5.2)], [(7.0, 7.3)], [1.0]), 0.2)

    def test_machine_is_blamed_for_what_stalls_everyone(self):
        self.assertEqual(self.blamed([(5.0, 5.2)], [(5.05, 5.3)], [1.0]), 0.05)

    def test_nothing_is_excused_near_a_death(self):
        self.assertEqual(self.blamed([(5.0, 5.2)], [(5.0, 5.2)], [1.0, 4.9]), 0.2)

    def test_gap_that_a_death_lies_in_is_not_excused(self):
        self.assertEqual(self.blamed([(5.0, 7.0)], [(5.0, 7.0)], [6.0]), 2.0)

    def test_no_gap(self):
        self.assertEqual(self.blamed([], [(5.0, 7.0)], [6.0]), 0)


class Goals(unittest.TestCase):
    def test_silent_death(self):
        self.assertAlmostEqual(goal_of("silent", 1000, 0.004), 1.608)

    def test_death_with_an_error(self):
        self.assertAlmostEqual(goal_of("error", 1000, 0.4), 0.05)

    def test_no_death(self):
        self.assertIsNone(goal_of("", 1000, 0.004))


if __name__ == "__main__":
    unittest.main()
