package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one stage let through. Once the run has ended, {@code in = out + sum of stopped}, and what
 * comes out of one stage goes into the next.
 *
 * @param name of the stage
 * @param in frames that came to it
 * @param out frames that went on
 * @param stopped frames that did not, by reason, in the order of their names; reasons that did not
 *     occur are absent
 */
public record StageSummary(String name, long in, long out, Map<String, Long> stopped)
    implements Serializable {
  public StageSummary {
    requireNonNull(name, "name");
    stopped = Collections.unmodifiableMap(new LinkedHashMap<>(stopped));
  }

  /** Returns the share of frames that went on, 0 to 1; 0 where none came. */
  public double ratio() {
    return in == 0 ? 0 : (double) out / in;
  }
}
