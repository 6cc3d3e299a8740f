package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** 2026-03-02 is a Monday. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-02T07:59:59.999, false",
    "2026-03-02T08:00, true",
    "2026-03-06T17:59:59.999, true",
    "2026-03-06T18:00, false",
    "2026-03-07T12:00, false",
    "2026-03-08T12:00, false"
  })
  void contains_workdays_fromItsFirstMomentToBeforeItsLast(LocalDateTime now, boolean inside) {
    WeekSchedule office = WeekSchedule.in(BERLIN).workdays(at(8), at(18));

    assertThat(office.contains(instant(now))).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-06T21:59, false",
    "2026-03-06T22:00, true",
    "2026-03-07T05:59, true", // Saturday morning belongs to Friday's
    "2026-03-07T06:00, false",
    "2026-03-07T22:00, false",
    "2026-03-02T05:00, false" // Monday morning would belong to Sunday's
  })
  void contains_overMidnight_belongsToTheDayItBeginsOn(LocalDateTime now, boolean inside) {
    WeekSchedule nights = WeekSchedule.in(BERLIN).workdays(at(22), at(6));

    assertThat(nights.contains(instant(now))).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-07T00:00, true",
    "2026-03-07T23:59:59.999, true",
    "2026-03-06T23:59:59.999, false",
    "2026-03-08T00:00, false"
  })
  void contains_midnightToMidnight_isTheWholeDay(LocalDateTime now, boolean inside) {
    WeekSchedule saturdays =
        WeekSchedule.in(BERLIN)
            .on(EnumSet.of(DayOfWeek.SATURDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

    assertThat(saturdays.contains(instant(now))).isEqualTo(inside);
  }

  @Test
  void contains_clocksSetForward_leftOutTimesDoNotCome() {
    WeekSchedule earlySunday = WeekSchedule.in(BERLIN).daily(at(2), LocalTime.of(2, 30));
    WeekSchedule fromTwo = WeekSchedule.in(BERLIN).daily(at(2), at(4));

    // On 2026-03-29 the clock goes from 2:00 to 3:00, at 1:00 UTC.
    for (int minute = 0; minute < 180; minute++) {
      Instant now = Instant.parse("2026-03-29T00:00:00Z").plusSeconds(60L * minute);
      assertThat(earlySunday.contains(now)).isFalse();
      assertThat(fromTwo.contains(now)).isEqualTo(minute >= 60 && minute < 120);
    }
  }

  @Test
  void contains_clocksSetBack_repeatedTimesComeTwice() {
    WeekSchedule daily = WeekSchedule.in(BERLIN).daily(at(2), LocalTime.of(2, 30));

    // On 2026-10-25 the clock shows 2:00 at 0:00 UTC and again at 1:00 UTC.
    assertThat(daily.contains(Instant.parse("2026-10-25T00:10:00Z"))).isTrue();
    assertThat(daily.contains(Instant.parse("2026-10-25T00:40:00Z"))).isFalse();
    assertThat(daily.contains(Instant.parse("2026-10-25T01:10:00Z"))).isTrue();
    assertThat(daily.contains(Instant.parse("2026-10-25T01:40:00Z"))).isFalse();
  }

  @Test
  void contains_severalTimes_isInAny() {
    WeekSchedule both = WeekSchedule.in(ZoneId.of("UTC")).daily(at(1), at(2)).daily(at(5), at(6));

    assertThat(both.contains(Instant.parse("2026-03-02T01:30:00Z"))).isTrue();
    assertThat(both.contains(Instant.parse("2026-03-02T03:30:00Z"))).isFalse();
    assertThat(both.contains(Instant.parse("2026-03-02T05:30:00Z"))).isTrue();
  }

  @Test
  void on_daysChangedAfterwards_doNotReachTheSchedule() {
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.MONDAY);
    WeekSchedule mondays = WeekSchedule.in(BERLIN).on(days, at(8), at(9));
    days.add(DayOfWeek.TUESDAY);

    assertThat(mondays.contains(instant(LocalDateTime.parse("2026-03-03T08:30")))).isFalse();
  }

  @Test
  void on_noDays_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeekSchedule.in(BERLIN).on(Set.of(), at(8), at(9)))
        .withMessageContaining("08:00 to 09:00");
  }

  private static LocalTime at(int hour) {
    return LocalTime.of(hour, 0);
  }

  private static Instant instant(LocalDateTime now) {
    return now.atZone(BERLIN).toInstant();
  }
}
