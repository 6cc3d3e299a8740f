package io.videoml.testkit.kvs.archive;

import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.StoredStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ListFragments: page by page, and on purpose not in order, as the service does not promise any.
 *
 * <p>Threading: all methods from any thread.
 */
public final class FragmentList {
  private static final int MOST = 1_000;
  private static final int DEFAULT = 100;

  private final ServiceContext context;

  /** Lists from the streams of the context. */
  public FragmentList(ServiceContext context) {
    this.context = context;
  }

  /** Answers a request. */
  public Map<String, Object> answer(Parameters parameters) throws ServiceException {
    StoredStream stream = Archive.kept(context.stream(parameters.stream()));
    int most = parameters.number("MaxResults", 1, MOST, DEFAULT);
    Optional<Parameters> selector = parameters.object("FragmentSelector");
    List<StoredFragment> found = stream.fragments();
    if (selector.isPresent()) {
      Parameters range =
          selector
              .get()
              .object("TimestampRange")
              .orElseThrow(() -> ServiceException.invalid("TimestampRange is missing"));
      found =
          TimeRange.of(selector.get().requiredText("FragmentSelectorType"), range)
              .startingIn(found);
    }
    List<StoredFragment> mixed = mixed(found);
    int from = offset(parameters.text("NextToken").orElse(""), mixed);
    List<StoredFragment> page = mixed.subList(from, Math.min(mixed.size(), from + most));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Fragments", page.stream().map(FragmentList::describe).toList());
    if (from + most < mixed.size()) {
      answer.put("NextToken", token(page.get(page.size() - 1)));
    }
    return answer;
  }

  /** Every second one, then the others, from the end: no client can take that for an order. */
  private static List<StoredFragment> mixed(List<StoredFragment> fragments) {
    List<StoredFragment> mixed = new ArrayList<>();
    for (int i = 1; i < fragments.size(); i += 2) {
      mixed.add(fragments.get(i));
    }
    for (int i = (fragments.size() - 1) / 2 * 2; i >= 0 && i < fragments.size(); i -= 2) {
      mixed.add(fragments.get(i));
    }
    return mixed;
  }

  private static int offset(String token, List<StoredFragment> mixed) throws ServiceException {
    if (token.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < mixed.size(); i++) {
      if (token(mixed.get(i)).equals(token)) {
        return i + 1;
      }
    }
    throw ServiceException.invalid("NextToken is not of this list");
  }

  private static String token(StoredFragment last) {
    return Base64.getEncoder()
        .encodeToString(("after " + last.number()).getBytes(StandardCharsets.US_ASCII));
  }

  private static Map<String, Object> describe(StoredFragment fragment) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("FragmentNumber", fragment.number());
    facts.put("FragmentSizeInBytes", fragment.size());
    facts.put("ProducerTimestamp", BigDecimal.valueOf(fragment.producerTime().toEpochMilli(), 3));
    facts.put("ServerTimestamp", BigDecimal.valueOf(fragment.serverTime().toEpochMilli(), 3));
    facts.put("FragmentLengthInMilliseconds", fragment.duration().toMillis());
    return facts;
  }
}
