package io.videoml.testkit.kvs.media;

import io.videoml.testkit.kvs.media.MediaReader.Part;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Media in memory that is taken apart: whole fragments of it, or whole documents.
 *
 * <p>Threading: any.
 */
public final class Capture {
  private Capture() {}

  /** Returns the fragments that are complete; a cut end is left out. */
  public static List<FragmentDraft> fragments(byte[] media) throws InvalidMediaException {
    List<FragmentDraft> whole = new ArrayList<>();
    FragmentAssembler assembler = new FragmentAssembler(new ByteArrayInputStream(media));
    try {
      for (var step = assembler.next();
          step != FragmentAssembler.Step.END;
          step = assembler.next()) {
        if (step == FragmentAssembler.Step.FINISHED && assembler.draft().complete()) {
          whole.add(assembler.draft());
        }
      }
    } catch (EOFException e) {
      return whole; // cut, as captures are
    } catch (InvalidMediaException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return whole;
  }

  /** Splits media where documents start; the last may be cut. */
  public static List<byte[]> documents(byte[] media) throws InvalidMediaException {
    List<Integer> starts = new ArrayList<>();
    MediaReader reader = new MediaReader(new ByteArrayInputStream(media));
    try {
      for (Part part = reader.next(); part != Part.END; part = reader.next()) {
        if (part == Part.DOCUMENT) {
          starts.add((int) reader.partStart());
        }
      }
    } catch (EOFException e) {
      // Cut, as captures are: the last document is what there is.
    } catch (InvalidMediaException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : media.length;
      documents.add(Arrays.copyOfRange(media, starts.get(i), end));
    }
    return documents;
  }
}
