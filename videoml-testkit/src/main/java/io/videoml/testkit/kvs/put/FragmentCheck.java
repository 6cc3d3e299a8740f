package io.videoml.testkit.kvs.put;

import io.videoml.testkit.kvs.media.FragmentDraft;
import io.videoml.testkit.kvs.media.StoredTrack;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the service demands of the fragments of one connection. */
final class FragmentCheck {
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_VALUE = 256;

  /** What producers may say about a fragment in the service's own words. */
  private static final Set<String> KNOWN =
      Set.of(
          "AWS_KINESISVIDEO_IMAGE_GENERATION",
          "AWS_KINESISVIDEO_IMAGE_PREFIX",
          "AWS_KINESISVIDEO_NOTIFICATION");

  private final KvsLimits limits;
  private @Nullable FragmentDraft last;

  FragmentCheck(KvsLimits limits) {
    this.limits = limits;
  }

  void started(FragmentDraft draft) throws PutException {
    if (draft.tracks().isEmpty()) {
      throw new PutException(AckError.INVALID_MKV_DATA);
    }
    if (draft.tracks().size() > limits.tracks()) {
      throw new PutException(AckError.TRACK_LIMIT_EXCEEDED);
    }
    if (last != null) {
      if (draft.timecodeMillis() <= last.timecodeMillis()) {
        throw new PutException(AckError.FRAGMENT_TIMECODE_LESSER_THAN_PREVIOUS);
      }
      if (last.duration().compareTo(limits.shortestFragment()) < 0) {
        throw new PutException(AckError.MAX_FRAGMENT_DURATION_REACHED);
      }
    }
  }

  void grown(FragmentDraft draft) throws PutException {
    if (draft.size() > limits.largestFragment()) {
      throw new PutException(AckError.MAX_FRAGMENT_SIZE_REACHED);
    }
    if (draft.span().compareTo(limits.longestFragment()) > 0) {
      throw new PutException(AckError.MAX_FRAGMENT_DURATION_REACHED);
    }
    if (!numbers(draft).containsAll(draft.tracksSeen())) {
      throw new PutException(AckError.TRACK_NUMBER_MISMATCH);
    }
  }

  void finished(FragmentDraft draft) throws PutException {
    if (draft.size() > limits.largestFragment()) {
      throw new PutException(AckError.MAX_FRAGMENT_SIZE_REACHED);
    }
    if (!draft.tracksSeen().containsAll(numbers(draft))) {
      throw new PutException(AckError.FRAMES_MISSING_FOR_TRACK);
    }
    if (draft.tags().size() > limits.metadataTags()) {
      throw new PutException(AckError.FRAGMENT_METADATA_LIMIT_REACHED);
    }
    for (Map.Entry<String, String> tag : draft.tags().entrySet()) {
      String name = tag.getKey();
      if (bytes(name) > LONGEST_NAME
          || bytes(tag.getValue()) > LONGEST_VALUE
          || (name.startsWith("AWS") && !KNOWN.contains(name))) {
        throw new PutException(AckError.FRAGMENT_METADATA_LIMIT_REACHED);
      }
    }
    last = draft;
  }

  private static Set<Integer> numbers(FragmentDraft draft) {
    return draft.tracks().stream().map(StoredTrack::number).collect(Collectors.toSet());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
