package io.quorate.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the answer to a {@link Batch}. */
final class BatchAnswer {
    private BatchAnswer() {}

    /** In the order of the operations. */
    static List<BatchResult> of(List<Batch.Operation> operations, Ending ending, String idempotencyKey) {
        List<BatchResult> results = new ArrayList<>();
        Optional<List<?>> answered =
                ending.answer().filter(Answer::isSuccess).flatMap(answer -> results(answer, operations.size()));
        for (int i = 0; i < operations.size(); i++) {
            Batch.Operation operation = operations.get(i);
            results.add(
                    answered.isPresent()
                            ? of(operation, (Map<?, ?>) answered.get().get(i), ending, idempotencyKey)
                            : failed(operation, ending, idempotencyKey));
        }
        return List.copyOf(results);
    }

    private static Optional<List<?>> results(Answer answer, int count) {
        return answer.json().get("results") instanceof List<?> results && results.size() == count
                ? Optional.of(results)
                : Optional.empty();
    }

    private static BatchResult failed(Batch.Operation operation, Ending ending, String idempotencyKey) {
        return operation instanceof Batch.Get
                ? new BatchResult.NotRead(operation.key(), ending.status(), ending.detail())
                : new BatchResult.Written(operation.key(), failedWrite(ending, idempotencyKey));
    }

    /** A success that does not say what became of each operation says nothing about this one. */
    private static WriteResult failedWrite(Ending ending, String idempotencyKey) {
        Optional<String> key = Optional.of(idempotencyKey);
        return ending.answer().filter(Answer::isSuccess).isPresent()
                ? new WriteResult.Unknown(key, "the answer has no result for each operation")
                : ending.asWriteResult(key);
    }

    private static BatchResult of(Batch.Operation operation, Map<?, ?> result, Ending ending, String idempotencyKey) {
        int status = ((Double) result.get("status")).intValue();
        Key key = operation.key();
        if (!(operation instanceof Batch.Get)) {
            return new BatchResult.Written(key, written(status, result, ending.ambiguous(), idempotencyKey));
        }
        if (status == 200) {
            Value value = Page.value(result).orElseThrow();
            return new BatchResult.Read(
                    key, Optional.of(new Entry(key, value, version(result).orElseThrow(), Optional.empty())));
        }
        return status == 404
                ? new BatchResult.Read(key, Optional.empty())
                : new BatchResult.NotRead(key, status, why(result));
    }

    /**
     * @param ambiguous whether an earlier attempt may have had its effect. Then a refusal of the last one proves
     *     nothing
     */
    private static WriteResult written(int status, Map<?, ?> result, boolean ambiguous, String idempotencyKey) {
        if (status < 300) {
            return new WriteResult.Applied(version(result), status == 201, Boolean.TRUE.equals(result.get("replayed")));
        }
        boolean isUnknown =
                result.get("problem") instanceof Map<?, ?> problem && "unknown".equals(problem.get("outcome"));
        return isUnknown || ambiguous
                ? new WriteResult.Unknown(Optional.of(idempotencyKey), why(result))
                : new WriteResult.Refused(status, why(result));
    }

    private static Optional<Version> version(Map<?, ?> result) {
        return result.get("version") instanceof String tag ? Optional.of(new Version(tag)) : Optional.empty();
    }

    private static String why(Map<?, ?> result) {
        return result.get("problem") instanceof Map<?, ?> problem ? String.valueOf(problem.get("detail")) : "no reason";
    }
}
