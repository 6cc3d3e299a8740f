package io.videoml.testkit.kvs.media;

import static java.util.Objects.requireNonNull;

import io.videoml.testkit.kvs.media.MediaReader.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes fragments of what a producer sends, or of a capture of what consumers got: a fragment is a
 * cluster, with the tags that follow it. It ends where the next starts, at the producer's tag that
 * says so, or with the stream.
 *
 * <p>Threading: one thread, which waits for the stream.
 */
public final class FragmentAssembler {
  /** What happened. */
  public enum Step {
    /** A fragment started: its time is known. */
    STARTED,
    /** A fragment has more frames. */
    GREW,
    /** A fragment is whole. */
    FINISHED,
    /** The stream ended, in order. */
    END
  }

  private final MediaReader reader;
  private byte[] ebml = EbmlHeader.bytes();
  private byte[] info = {};
  private byte[] tracks = {};
  private final List<byte[]> headTags = new ArrayList<>();
  private Map<String, String> awsTags = new HashMap<>();
  private int documents;
  private @Nullable Part held;
  private @Nullable FragmentDraft open;
  private @Nullable FragmentDraft draft;

  /** Reads from the stream, which its owner closes. */
  public FragmentAssembler(InputStream in) {
    reader = new MediaReader(in);
  }

  /**
   * Waits for what happens next.
   *
   * @throws InvalidMediaException if it is no Matroska
   * @throws IOException if the stream ends in the middle, or fails
   */
  public Step next() throws IOException {
    while (true) {
      Part part = requireNonNull(held == null ? reader.next() : held);
      held = null;
      if (open != null && open.clusterEnded() && endsFragment(part)) {
        held = part == Part.TAGS ? null : part;
        open = null;
        return Step.FINISHED;
      }
      Step step = step(part);
      if (step != null) {
        return step;
      }
    }
  }

  /** Returns the fragment that the last step was about. */
  public FragmentDraft draft() {
    return requireNonNull(draft, "no fragment started yet");
  }

  /** Returns how many documents started. */
  public int documents() {
    return documents;
  }

  private boolean endsFragment(Part part) {
    return switch (part) {
      case DOCUMENT, SEGMENT, CLUSTER, END -> true;
      case TAGS -> AwsTags.endFragment(reader.tags());
      default -> false;
    };
  }

  private @Nullable Step step(Part part) throws IOException {
    switch (part) {
      case DOCUMENT -> startDocument();
      case TRACKS -> tracks = reader.raw();
      case TAGS -> tags();
      case OTHER -> {
        if (isInfo(reader.raw())) {
          info = reader.raw();
        }
      }
      case CLUSTER -> startCluster();
      case TIMESTAMP -> {
        return time();
      }
      case BLOCK -> {
        draft().frames(reader.raw(), reader.frames());
        return Step.GREW;
      }
      case CLUSTER_OTHER -> draft().add(reader.raw());
      case CLUSTER_END -> draft().endCluster();
      case END -> {
        return Step.END;
      }
      case SEGMENT -> {}
    }
    return null;
  }

  private void startDocument() {
    documents++;
    ebml = reader.raw();
    info = new byte[0];
    tracks = new byte[0];
    headTags.clear();
    awsTags = new HashMap<>();
  }

  private void tags() {
    if (open != null) {
      if (AwsTags.completeFragment(reader.tags())) {
        open.token();
      } else {
        open.tags(reader.raw(), reader.tags());
      }
    } else if (AwsTags.startFragment(reader.tags())) {
      awsTags = reader.tags();
    } else if (!AwsTags.endFragment(reader.tags())) {
      headTags.add(reader.raw());
    }
  }

  private void startCluster() throws InvalidMediaException {
    if (tracks.length == 0) {
      throw reader.invalid("a cluster before the tracks");
    }
    EbmlOutput head = new EbmlOutput().raw(info).raw(tracks);
    headTags.forEach(head::raw);
    FragmentDraft started =
        new FragmentDraft(ebml, head.toByteArray(), reader.raw(), reader.tracks(), awsTags);
    started.clusterSizeKnown(reader.clusterSizeKnown());
    open = started;
    draft = started;
  }

  private Step time() {
    draft().time(reader.raw(), reader.headerLength(), reader.clusterMillis());
    return Step.STARTED;
  }

  private static boolean isInfo(byte[] raw) {
    return raw.length > 4
        && raw[0] == (byte) (Ids.INFO >>> 24)
        && raw[1] == (byte) (Ids.INFO >>> 16)
        && raw[2] == (byte) (Ids.INFO >>> 8)
        && raw[3] == (byte) Ids.INFO;
  }
}
