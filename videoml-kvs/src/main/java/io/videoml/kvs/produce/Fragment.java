package io.videoml.kvs.produce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fragment that is not stored yet. Its {@link FragmentStore} guards what is not final, but for
 * what is said to be the uploader's.
 */
final class Fragment {
  final long sequence;
  final int run;
  final byte[] header;
  final long timecodeMillis;
  final boolean startsWithKeyFrame;

  @Nullable List<byte[]> pieces = new ArrayList<>(); // null while it lies on disk only
  long bytes;
  int frames;
  long lastMillis;
  boolean sealed;
  boolean spooled;
  boolean dropped; // what still comes of it goes nowhere
  String droppedFor = "";
  boolean handedOver; // all of it, in the present session
  boolean maybeStored; // all of it in a session that ended without word

  int sends; // how often it began to leave

  int refusals; // the uploader's, as all below
  boolean duplicate; // this time it may be a repetition
  boolean marked; // and says so
  long handedOverNanos;

  /**
   * @param run of a clock that goes on; a session holds one
   * @param header what the session of it begins with
   */
  Fragment(long sequence, int run, byte[] header, long timecodeMillis, boolean startsWithKeyFrame) {
    this.sequence = sequence;
    this.run = run;
    this.header = header;
    this.timecodeMillis = timecodeMillis;
    this.lastMillis = timecodeMillis;
    this.startsWithKeyFrame = startsWithKeyFrame;
  }

  FragmentInfo info() {
    return new FragmentInfo(
        Instant.ofEpochMilli(timecodeMillis),
        Instant.ofEpochMilli(lastMillis),
        frames,
        bytes,
        startsWithKeyFrame);
  }
}
