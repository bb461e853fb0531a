import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.List;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Reads a path a line and answers each with one line: the rules that the file breaks. */
public class Vera {
    private static final List<PDFAFlavour> FLAVOURS = List.of(PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1);

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            System.out.println(answer(new File(line)));
            System.out.flush();
        }
    }

    /** Both flavours in one walk through the file, which takes most of the time. */
    private static String answer(File file) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, FLAVOURS.get(0));
                PDFAValidator validator = Foundries.defaultInstance().createValidator(FLAVOURS)) {
            parser.setFlavours(FLAVOURS);
            List<ValidationResult> results = validator.validateAll(parser);
            TreeSet<String> broken = new TreeSet<>();
            boolean compliant = results.size() == FLAVOURS.size();
            for (ValidationResult result : results) {
                compliant &= result.isCompliant();
                broken.addAll(brokenIn(result));
            }
            return compliant ? "valid" : "broken: " + String.join("; ", broken).replace('\n', ' ');
        } catch (Exception error) {
            return "unread: " + error;
        }
    }

    private static TreeSet<String> brokenIn(ValidationResult result) {
        TreeSet<String> broken = new TreeSet<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + " " + assertion.getMessage();
                broken.add(result.getPDFAFlavour() + " " + rule);
            }
        }
        return broken;
    }
}
