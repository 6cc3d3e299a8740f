package io.videoml.testkit.kvs.media;

import static java.util.Objects.requireNonNull;

import io.videoml.testkit.kvs.media.AwsTags.Spelling;
import io.videoml.testkit.kvs.media.MediaReader.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fragment that the stand-in has, as consumers get it.
 *
 * <p>Threading: immutable; its bytes may lie in a file, and are then read each time.
 */
public final class StoredFragment {
  /** Where the bytes are. */
  @FunctionalInterface
  public interface Content {
    /** Returns all of them, to the caller. */
    byte[] bytes() throws IOException;
  }

  private final FragmentFacts facts;
  private final Content content;

  /** Describes a fragment whose document is elsewhere. */
  public StoredFragment(FragmentFacts facts, Content content) {
    this.facts = requireNonNull(facts, "facts");
    this.content = requireNonNull(content, "content");
  }

  /** Returns what is known without reading it. */
  public FragmentFacts facts() {
    return facts;
  }

  /** Returns its number, of 47 decimal digits, larger than those before it. */
  public String number() {
    return facts.number();
  }

  /** Returns when the service had it. */
  public Instant serverTime() {
    return facts.serverTime();
  }

  /** Returns when it was produced, by the producer's clock. */
  public Instant producerTime() {
    return facts.producerTime();
  }

  /** Returns the time in its cluster, in the producer's count. */
  public long timecodeMillis() {
    return facts.timecodeMillis();
  }

  /** Returns how long it lasts. */
  public Duration duration() {
    return facts.duration();
  }

  /** Returns the size of its document, without what is added when it is served. */
  public long size() {
    return facts.size();
  }

  /**
   * Returns its document, as {@code GetMedia} sends it; of a fragment that was not replayed,
   * without the last tags, which depend on when it is sent.
   *
   * @throws IOException if its file cannot be read, as after retention ended
   */
  public byte[] bytes() throws IOException {
    return content.bytes();
  }

  /**
   * Returns its document as the archive sends it: the service's tags in that spelling, and none
   * after the cluster.
   */
  public byte[] archived(Spelling spelling) throws IOException {
    EbmlOutput out = new EbmlOutput();
    MediaReader reader = new MediaReader(new ByteArrayInputStream(bytes()));
    for (Part part = reader.next(); part != Part.END; part = reader.next()) {
      if (part == Part.TAGS && AwsTags.startFragment(reader.tags())) {
        out.tags(AwsTags.before(number(), serverTime(), producerTime(), spelling));
      } else if (part != Part.TAGS || !AwsTags.completeFragment(reader.tags())) {
        out.raw(reader.raw());
      }
    }
    return out.toByteArray();
  }

  /** Returns its frames, in the order of sending. */
  public List<StoredFrame> frames() throws IOException {
    List<StoredFrame> frames = new ArrayList<>();
    MediaReader reader = new MediaReader(new ByteArrayInputStream(bytes()));
    for (Part part = reader.next(); part != Part.END; part = reader.next()) {
      if (part == Part.BLOCK) {
        frames.addAll(reader.frames());
      }
    }
    return frames;
  }

  /** Returns its tracks. */
  public List<StoredTrack> tracks() throws IOException {
    MediaReader reader = new MediaReader(new ByteArrayInputStream(bytes()));
    for (Part part = reader.next(); part != Part.END; part = reader.next()) {
      if (part == Part.TRACKS) {
        return reader.tracks();
      }
    }
    return List.of();
  }

  /** Returns all tags of its document, the producer's and the service's. */
  public Map<String, String> tags() throws IOException {
    Map<String, String> tags = new LinkedHashMap<>();
    MediaReader reader = new MediaReader(new ByteArrayInputStream(bytes()));
    for (Part part = reader.next(); part != Part.END; part = reader.next()) {
      if (part == Part.TAGS) {
        tags.putAll(reader.tags());
      }
    }
    return tags;
  }

  @Override
  public String toString() {
    return "StoredFragment[" + facts + "]";
  }
}
