package io.videoml.kvs.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded streams that end at every byte of their first 200 KB, each read by a reader of its own:
 * what was whole before the cut is all there, and nothing that was cut counts as complete.
 */
@Timeout(60)
class FragmentReaderCutTest {
  private static final int FIRST = 200_000;

  /** Boils everything that was found down to one number, since there are two million cuts. */
  private static final class Digest implements FragmentHandler {
    private long value;
    private int events;
    private int framesOfFragment;
    private KvsFragment last;

    @Override
    public void onStart(KvsFragment fragment) {
      add(1, fragment.hashCode());
      framesOfFragment = 0;
    }

    @Override
    public void onFrame(KvsFrame frame) {
      ByteBuffer data = frame.data();
      int ends = data.hasRemaining() ? 256 * data.get(0) + data.get(data.limit() - 1) : 0;
      add(frame.timecodeNanos() + (frame.keyFrame() ? 2 : 3), 31 * data.remaining() + ends);
      framesOfFragment++;
    }

    @Override
    public void onEnd(KvsFragment fragment) {
      add(5, fragment.hashCode());
      last = fragment;
    }

    private void add(long kind, int hash) {
      value = (value * 31 + kind) * 31 + hash;
      events++;
    }
  }

  static List<Capture> captures() {
    return Capture.all().toList();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void end_atEveryByte_givesAllThatWasWholeAndCallsNothingElseComplete(Capture capture) {
    byte[] stream = capture.bytes();
    int cuts = Math.min(FIRST, stream.length);
    List<Long> digests = new ArrayList<>();
    int[] eventsBefore = eventsByByte(stream, cuts, digests);

    for (int cut = 0; cut <= cuts; cut++) {
      Digest found = new Digest();
      FragmentReader reader = new FragmentReader(found, FragmentLimits.defaults());
      reader.feed(ByteBuffer.wrap(stream, 0, cut));
      if (found.events != eventsBefore[cut] || found.value != digests.get(found.events)) {
        assertThat(found.events).as("events before byte %d", cut).isEqualTo(eventsBefore[cut]);
        assertThat(found.value)
            .as("events before byte %d", cut)
            .isEqualTo(digests.get(found.events));
      }
      reader.end();
      int ended = found.events - eventsBefore[cut];
      if (ended > 1) {
        throw new AssertionError("cut at byte " + cut + ": " + ended + " events at the end");
      }
      // The last of a capture ends with it, and is complete as the manifest says.
      if (ended == 1 && found.last.complete() && cut < stream.length) {
        assertCompleteRightly(capture, found.last, cut);
      }
    }
  }

  /** Only a producer's cluster of known size may be complete at a cut, exactly where it ends. */
  private static void assertCompleteRightly(Capture capture, KvsFragment last, int cut) {
    assertThat(last.number()).as("cut at byte %d", cut).isNull();
    assertThat(last.frames())
        .as("cut at byte %d", cut)
        .isEqualTo(capture.framesByFragment().get((int) last.index()));
  }

  /** Reads the stream byte by byte, and returns how many events each byte had before it. */
  private static int[] eventsByByte(byte[] stream, int cuts, List<Long> digests) {
    Digest found = new Digest();
    FragmentReader reader = new FragmentReader(found, FragmentLimits.defaults());
    digests.add(found.value);
    int[] eventsBefore = new int[cuts + 1];
    ByteBuffer all = ByteBuffer.wrap(stream);
    for (int at = 0; at < cuts; at++) {
      reader.feed(all.limit(at + 1));
      eventsBefore[at + 1] = found.events;
      if (found.events > digests.size() - 1) {
        // A byte may end one fragment and begin the next, of which only the last is compared.
        while (digests.size() < found.events) {
          digests.add(0L);
        }
        digests.add(found.value);
      }
    }
    return eventsBefore;
  }
}
