package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.ResumePosition;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.packet.EncodedPacket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps account of the frames of a stream: none twice, all in order, what is missing reported. */
final class Ledger {
  /** A fragment of the service: its number there, and the names of its pictures. */
  record Entry(FragmentNumber number, List<String> names) {
    static Entry of(FragmentNumber number, MadeFragment fragment) {
      List<String> names = new ArrayList<>();
      for (MadeFragment.MadeFrame frame : fragment.frames) {
        if (frame.track() == 1) {
          names.add(MadeFragment.name(java.nio.ByteBuffer.wrap(frame.data())));
        }
      }
      return new Entry(number, names);
    }
  }

  private final List<Entry> entries;
  private final Set<String> frames = new LinkedHashSet<>();
  private final List<KvsGap> gaps = new ArrayList<>();
  private Optional<ResumePosition> position = Optional.empty();
  private String last = "";

  Ledger(List<Entry> entries) {
    this.entries = entries;
  }

  KvsListener listener() {
    return new Gaps(gaps);
  }

  Optional<ResumePosition> position() {
    return position;
  }

  int size() {
    return frames.size();
  }

  /** Returns whether the last picture came. */
  boolean done() {
    List<String> last = entries.get(entries.size() - 1).names();
    return frames.contains(last.get(last.size() - 1));
  }

  void take(EncodedPacket packet) {
    String name = MadeFragment.name(packet.data());
    assertThat(packet.info().dtsNanos()).isLessThanOrEqualTo(packet.info().ptsNanos());
    if (packet.info().decodeOnly()) {
      // Some of it may never have been shown, where the service gives more than asked.
      assertThat(number(name)).as(name).isLessThanOrEqualTo(number(last));
      return;
    }
    assertThat(frames.add(name)).as("%s is new", name).isTrue();
    last = name;
    position = packet.position();
    assertThat(position).as("position of %s", name).isPresent();
  }

  /**
   * Looks at all that came.
   *
   * @param mayMissStart whether what is before the first frame need not be reported
   */
  void verify(boolean mayMissStart) {
    List<String> expected = new ArrayList<>();
    for (Entry entry : entries) {
      List<String> came = entry.names().stream().filter(frames::contains).toList();
      expected.addAll(came);
      boolean whole = came.size() == entry.names().size();
      boolean before = mayMissStart && expected.isEmpty();
      assertThat(whole || before || gaps.stream().anyMatch(gap -> tells(gap, entry, came)))
          .as("%d of %s, gaps %s", came.size(), entry, gaps)
          .isTrue();
    }
    assertThat(List.copyOf(frames)).isEqualTo(expected);
  }

  private static FragmentNumber number(String name) {
    return new FragmentNumber(name.substring(0, name.indexOf('#')));
  }

  private static boolean tells(KvsGap gap, Entry entry, List<String> came) {
    FragmentNumber after = gap.after().orElse(new FragmentNumber("0"));
    boolean within =
        entry.number().compareTo(gap.before()) < 0 && entry.number().compareTo(after) > 0;
    return (within && came.isEmpty()) || (gap.partly() && after.equals(entry.number()));
  }

  /** Keeps gaps; travels nowhere. */
  private static final class Gaps implements KvsListener {
    private static final long serialVersionUID = 1L;
    private final transient List<KvsGap> gaps;

    Gaps(List<KvsGap> gaps) {
      this.gaps = gaps;
    }

    @Override
    public void onGap(String source, KvsGap gap) {
      gaps.add(gap);
    }
  }
}
