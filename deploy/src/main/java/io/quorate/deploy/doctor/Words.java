package io.quorate.deploy.doctor;

import java.util.List;

/** Parts of sentences about several nodes. */
final class Words {
    private Words() {}

    /** {@code n1}, {@code n1 and n2}, {@code n1, n2 and n3}. */
    static String and(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    static String verb(List<String> subjects, String ofOne, String ofMany) {
        return subjects.size() == 1 ? ofOne : ofMany;
    }
}
