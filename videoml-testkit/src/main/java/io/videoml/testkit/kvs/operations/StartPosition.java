package io.videoml.testkit.kvs.operations;

import io.videoml.testkit.kvs.media.FragmentFacts;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.FragmentNumbers;
import io.videoml.testkit.kvs.store.StoredStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where GetMedia starts: after a fragment.
 *
 * @param after the number of the fragment before; empty for the oldest that is kept
 * @param found false if that fragment is not kept, which is told in band
 */
record StartPosition(String after, boolean found) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,128}");

  static StartPosition of(Parameters selector, StoredStream stream) throws ServiceException {
    String type = selector.requiredText("StartSelectorType");
    return switch (type) {
      case "NOW" -> new StartPosition(stream.lastNumber(), true);
      case "EARLIEST" -> new StartPosition("", true);
      case "FRAGMENT_NUMBER" -> after(selector.requiredText("AfterFragmentNumber"), stream);
      case "CONTINUATION_TOKEN" -> after(selector.requiredText("ContinuationToken"), stream);
      case "SERVER_TIMESTAMP" -> at(time(selector), stream, FragmentFacts::serverEnd);
      case "PRODUCER_TIMESTAMP" -> at(time(selector), stream, FragmentFacts::producerEnd);
      default -> throw ServiceException.invalid("StartSelectorType is unknown: " + type);
    };
  }

  /** Exclusive, as the service documents it. */
  private static StartPosition after(String number, StoredStream stream) throws ServiceException {
    if (!NUMBER.matcher(number).matches()) {
      throw ServiceException.invalid("a fragment's number has 1 to 128 digits");
    }
    return new StartPosition(number, stream.fragment(number).isPresent());
  }

  private static Instant time(Parameters selector) throws ServiceException {
    return selector
        .time("StartTimestamp")
        .orElseThrow(() -> ServiceException.invalid("StartTimestamp is missing"));
  }

  /** The fragment that contains the time, or else the first that is later. */
  private static StartPosition at(
      Instant time, StoredStream stream, Function<FragmentFacts, Instant> end) {
    String before = "";
    List<StoredFragment> kept = stream.fragments();
    for (StoredFragment fragment : kept) {
      if (end.apply(fragment.facts()).isAfter(time)) {
        return new StartPosition(before, true);
      }
      before = fragment.number();
    }
    return new StartPosition(
        FragmentNumbers.later(before, stream.lastNumber()), true); // what is still to come
  }
}
