package io.quorate.deploy.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quorate.common.model.Coded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The codes in files and on the wire. A line here changes only together with a format or the protocol. */
final class WrittenCodesTest {
    private static final String CODES = """
            Compression NONE=0 LZ4=1 ZSTD=2
            Direction ASCENDING=0 DESCENDING=1
            DiskSpace ALL_WRITES=0 DELETES_ONLY=1 READ_ONLY=2
            FileKind LOG=1280263969 TABLE=1413562956 MANIFEST=1296125513 CURRENT=1129665106 IDENTITY=1229210958 CHECKPOINT=1128809795 MEMBERS=1296387394
            FrameType SEGMENT_START=1 WRITES=2 EDIT=3 VOUCHER=4
            Keyspace DATA=1 CONSENSUS=2 META=3 HINTS=4 REQUESTS=5
            Kind ABSENT=0 FORGOTTEN=1 TOMBSTONE=2 OTHER=3
            KnowledgeStage MET=0 AGREED=1 FOUNDED=2
            LevelFigure TABLE_COUNT=0 TABLE_BYTES=1 WRITTEN_BYTES=2
            Purpose READ=0 PUT=1 DELETE=2
            RefusalCause OTHER_CLUSTER=0 OTHER_NODE=1 OLD_INCARNATION=2 OTHER_MEMBERS=3 OTHER_DISK=4 IMPOSSIBLE_NUMBER=5 OTHER_PROTOCOL=6
            RejectionCause REFUSED=0 OVERLOADED=1 DISK_FULL=2 UNREADABLE=3 FILLING=4 IMPOSSIBLE_NUMBER=5 EXPIRED=6 NO_MEMORY=7 TOO_LARGE=8
            StoreFigure MEMTABLE_BYTES=0 FROZEN_MEMTABLES=1 TABLE_COUNT=2 TABLE_BYTES=3 QUEUED_BYTES=4 WRITES=5 LOG_FORCES=6 LOG_BYTES=7 FLUSHED_BYTES=8 COMPACTED_BYTES=9 USER_BYTES=10 STALLS=11 DELAYS=12 DELAYED_MS=13 GETS=14 TABLES_READ=15 OPEN_SCANS=16 OLDEST_SCAN_WRITES=17 MERGES=18 TRIVIAL_MOVES=19 RUNNING_MERGES=20 DEBT_BYTES=21
            TableCause FLUSH=0 RECOVERY=1 COMPACTION=2
            Type PUT=0 DELETED=1 REFUSED=2
            VotingStatus VOTING=0 FILLING=1 DAMAGED=2
            """;

    @Test
    void noCodeEverChanges() {
        String found = new ClassFileImporter()
                .withImportOption(new ProductionClasses()).importPackages("io.quorate").stream()
                        .filter(each -> each.isEnum() && each.isAssignableTo(Coded.class))
                        .map(JavaClass::reflect)
                        .map(WrittenCodesTest::codes)
                        .sorted()
                        .collect(Collectors.joining("\n", "", "\n"));
        assertEquals(CODES, found);
    }

    @Test
    void noTwoConstantsOfAnEnumHaveTheSameCode() {
        for (String line : CODES.split("\n")) {
            List<String> codes = Stream.of(line.split(" "))
                    .skip(1)
                    .map(constant -> constant.split("=")[1])
                    .toList();
            assertEquals(codes.size(), codes.stream().distinct().count(), line);
        }
    }

    /** Metrics and the memory budget count in arrays by ordinal. Those live no longer than their process. */
    @Test
    void noOrdinalIsWrittenAnywhere() throws IOException {
        for (String module : List.of("common", "node", "coordinator", "deploy")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("OperationMetrics.java") && !file.endsWith("MemoryBudget.java"))
                        .toList();
                for (Path source : sources) {
                    assertFalse(Files.readString(source).contains(".ordinal()"), source.toString());
                }
            }
        }
    }

    private static String codes(Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .map(each -> each + "=" + ((Coded) each).code())
                .collect(Collectors.joining(" ", type.getSimpleName() + " ", ""));
    }
}
