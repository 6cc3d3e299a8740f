package io.videoml.sampling;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Times of the week, as a clock on the wall of one place shows them: "Monday to Friday from 8 to
 * 18".
 *
 * <p>When clocks are set forward, the times they leave out do not come; when they are set back, the
 * times they repeat come twice.
 *
 * <p>Threading: immutable.
 */
public final class WeekSchedule implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);
  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private final ZoneId zone;
  private final List<Window> windows;

  private WeekSchedule(ZoneId zone, List<Window> windows) {
    this.zone = zone;
    this.windows = windows;
  }

  /**
   * One time of some days.
   *
   * @param days on which it begins
   */
  private record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) implements Serializable {
    boolean contains(LocalDateTime now) {
      LocalTime time = now.toLocalTime();
      DayOfWeek today = now.getDayOfWeek();
      if (from.isBefore(to)) {
        return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
      }
      return (days.contains(today) && !time.isBefore(from))
          || (days.contains(today.minus(1)) && time.isBefore(to));
    }
  }

  /** Returns the schedule of a place that holds no time yet. */
  public static WeekSchedule in(ZoneId zone) {
    return new WeekSchedule(requireNonNull(zone, "zone"), List.of());
  }

  /** Returns this and a time of every day; see {@link #on}. */
  public WeekSchedule daily(LocalTime from, LocalTime to) {
    return on(DAILY, from, to);
  }

  /** Returns this and a time of Monday to Friday; see {@link #on}. */
  public WeekSchedule workdays(LocalTime from, LocalTime to) {
    return on(WORKDAYS, from, to);
  }

  /**
   * Returns this and a time of some days.
   *
   * @param days on which it begins; at least one
   * @param from first moment that belongs to it
   * @param to first moment after it; where it is not after {@code from}, of the next day
   */
  public WeekSchedule on(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    if (days.isEmpty()) {
      throw new IllegalArgumentException(
          "from " + from + " to " + to + " of which days? None given");
    }
    List<Window> more = new ArrayList<>(windows);
    more.add(new Window(EnumSet.copyOf(days), from, to));
    return new WeekSchedule(zone, List.copyOf(more));
  }

  /** Returns whether the moment belongs to one of the times. */
  public boolean contains(Instant moment) {
    LocalDateTime now = LocalDateTime.ofInstant(moment, zone);
    return windows.stream().anyMatch(window -> window.contains(now));
  }

  /** Returns whether no time belongs to it. */
  public boolean isEmpty() {
    return windows.isEmpty();
  }

  @Override
  public String toString() {
    return windows + " in " + zone;
  }
}
