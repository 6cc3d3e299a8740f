package io.videoml.testkit.kvs.archive;

import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.FaultException;
import io.videoml.testkit.kvs.faults.FaultyOutput;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.http.HttpHeader;
import io.videoml.testkit.kvs.media.AwsTags;
import io.videoml.testkit.kvs.media.AwsTags.Spelling;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * GetMediaForFragmentList: documents as GetMedia's, in the order of the request, without the last
 * tags. A fragment that is not kept is told by tags of its own, and by {@code Fault.InBandError}
 * any.
 *
 * <p>Threading: all methods from any thread.
 */
public final class ArchivedMedia {
  private static final int MOST = 1_000;

  private final ServiceContext context;
  private final Spelling spelling;

  /** Sends from the streams of the context, with tags of that spelling. */
  public ArchivedMedia(ServiceContext context, Spelling spelling) {
    this.context = context;
    this.spelling = spelling;
  }

  /** Answers a request. */
  public void serve(HttpExchange exchange, Parameters parameters, RequestFaults faults)
      throws ServiceException, IOException {
    StoredStream stream = Archive.kept(context.stream(parameters.stream()));
    List<String> numbers = parameters.texts("Fragments");
    if (numbers.isEmpty() || numbers.size() > MOST) {
      throw ServiceException.invalid(
          "Fragments must name 1 to %d, was %d".formatted(MOST, numbers.size()));
    }
    for (String number : numbers) {
      if (!number.matches("[0-9]{1,128}")) {
        throw ServiceException.invalid("a fragment's number has 1 to 128 digits");
      }
    }
    String name = stream.info().name();
    KvsOperation operation = KvsOperation.GET_MEDIA_FOR_FRAGMENT_LIST;
    context.usage().connect(name, operation, context.limits().archiveConnections());
    try (OutputStream out =
        exchange.stream(200, List.of(new HttpHeader("Content-Type", "video/webm")))) {
      FaultyOutput media = faults.answer(exchange, out);
      for (int i = 0; i < numbers.size(); i++) {
        send(stream, numbers.get(i), i, faults, media);
      }
    } catch (FaultException e) {
      if (!e.inOrder()) {
        throw e;
      }
    } finally {
      context.usage().release(name, operation);
    }
  }

  private void send(
      StoredStream stream, String number, int index, RequestFaults faults, FaultyOutput media)
      throws IOException {
    faults
        .first(Fault.CutFragment.class, cut -> cut.fragment() == index)
        .ifPresent(cut -> media.cutAfter(cut.bytes(), cut.how()));
    Optional<Fault.InBandError> error =
        faults.first(Fault.InBandError.class, found -> found.afterFragments() == index);
    if (error.isPresent()) {
      media.write(AwsTags.exception(number, error.get().id(), error.get().code()));
      return;
    }
    Optional<StoredFragment> fragment = stream.fragment(number);
    if (fragment.isPresent()) {
      media.write(fragment.get().archived(spelling));
    } else {
      media.write(AwsTags.exception(number, 4000, "FRAGMENT_NOT_FOUND"));
    }
  }
}
