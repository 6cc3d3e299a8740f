package io.videoml.kvs.produce;

import io.videoml.kvs.mux.FragmentBytes;
import io.videoml.kvs.mux.PacketConverter;
import io.videoml.kvs.mux.VideoTrack;
import io.videoml.packet.PacketInfo;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts packets together to fragments, and says where one ends.
 *
 * <p>Threading: one thread at a time, as the writer sees to.
 */
final class Assembler {
  private final WriterSettings settings;
  private final FragmentStore store;
  private final Counters counters;
  private final Timeline timeline;
  private final Map<String, String> tags;
  private long sequence;
  private @Nullable PacketConverter converter;
  private @Nullable VideoTrack track;
  private byte[] header = {};
  private @Nullable Fragment open;
  private boolean waiting = true; // for a key frame

  /**
   * @param sequence the number of the first fragment
   * @param run the name of the first run
   */
  Assembler(
      WriterSettings settings, FragmentStore store, Counters counters, long sequence, int run) {
    this.settings = settings;
    this.store = store;
    this.counters = counters;
    this.timeline = new Timeline(run);
    this.tags = new LinkedHashMap<>(settings.tags());
    this.sequence = sequence;
  }

  /**
   * Takes a packet; copies what it keeps.
   *
   * @throws IllegalArgumentException if the service cannot take the format
   */
  void put(PacketInfo info, ByteBuffer data) {
    PacketConverter known = converter;
    if (known == null || !known.format().equals(info.format())) {
      known = new PacketConverter(info.format());
      converter = known;
    }
    waiting = waiting && !info.keyFrame();
    Optional<VideoTrack> its = waiting ? Optional.empty() : known.take(data, info.keyFrame());
    if (its.isEmpty() || known.length() == 0) {
      counters.framesSkipped.increment();
      waiting = waiting || its.isEmpty();
      return;
    }
    int runBefore = timeline.run();
    long at = timeline.place(info);
    VideoTrack now = its.get();
    boolean changed = !now.equals(track);
    Fragment current = open;
    if (current != null
        && (changed || timeline.run() != runBefore || ends(current, info, at, known.length()))) {
      end();
      current = null;
    }
    if (changed) {
      track = now;
      header = FragmentBytes.header(now);
    }
    if (current == null) {
      current = begin(at, info.keyFrame());
    }
    int offset = (int) (at - current.timecodeMillis);
    store.append(current, FragmentBytes.frame(known, offset, info.keyFrame()), at);
    counters.framesPut.increment();
  }

  /** Puts a tag on the fragment that is being put together, or on the next. */
  void tag(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(tags);
    more.put(name, value);
    if (more.size() > FragmentTags.MOST) {
      throw new IllegalArgumentException(
          "a fragment has at most %d tags".formatted(FragmentTags.MOST));
    }
    tags.put(name, value);
  }

  /** Ends the fragment that is being put together, if any. */
  void end() {
    Fragment ended = open;
    if (ended != null) {
      open = null;
      store.seal(ended, FragmentBytes.tags(tags));
      tags.clear();
      tags.putAll(settings.tags());
    }
  }

  /** Ends it, and waits for a key frame: pictures are missing from here on. */
  void breakOff() {
    end();
    waiting = true;
  }

  private Fragment begin(long at, boolean keyFrame) {
    Fragment fragment = new Fragment(sequence++, timeline.run(), header, at, keyFrame);
    store.begin(fragment, FragmentBytes.cluster(at));
    open = fragment;
    return fragment;
  }

  private boolean ends(Fragment current, PacketInfo info, long at, int length) {
    long offset = at - current.timecodeMillis;
    if (offset <= 0) { // of two fragments, the later must begin later
      return false;
    }
    return offset >= settings.longest().toMillis()
        || current.bytes + length > settings.fragmentBytes()
        || (info.keyFrame() && (info.discontinuity() || offset >= settings.target().toMillis()));
  }
}
