package io.videoml.kvs.fragment;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The producer's tags of a fragment, those of its document included, and how much of headers and
 * tags there was, the service's included.
 */
final class ProducerTags {
  private final Map<String, String> document = new LinkedHashMap<>();
  private int documentCount;
  private long documentBytes;

  private final Map<String, String> all = new LinkedHashMap<>();
  private int count;
  private long bytes;

  Map<String, String> all() {
    return all;
  }

  /** Returns how many tags there were. */
  int count() {
    return count;
  }

  /** Counts a tag, whosoever. */
  void one() {
    count++;
  }

  /** Keeps the producer's tag; of one name, the last. */
  void put(String name, String value) {
    all.remove(name);
    all.put(name, value);
  }

  /** Counts bytes of headers, and returns whether there are no more than the limit. */
  boolean count(long more, int limit) {
    bytes += more;
    return bytes <= limit;
  }

  /** What came so far is of all fragments of the document. */
  void keepForDocument() {
    document.putAll(all);
    documentCount = count;
    documentBytes = bytes;
  }

  void forgetFragment() {
    all.clear();
    all.putAll(document);
    count = documentCount;
    bytes = documentBytes;
  }

  void forgetDocument() {
    document.clear();
    documentCount = 0;
    documentBytes = 0;
  }
}
