// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/connect_dialog.h"

#include "ui/main_window/marks.h"
#include "ui/main_window/message_bar.h"
#include "ui/state/environment.h"
#include "ui/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightglass {

namespace {

constexpr const char* testSubject = "connection test";

/// libpq's keyword, label and object name of each field, in the order of ConnectDialog::Field.
struct FieldWords
{
    const char* keyword;
    const char* label;
    const char* placeholder;
};

constexpr std::array<FieldWords, 6> fieldWords{{
    {"host", "&Host", "localhost, or a socket folder"},
    {"port", "&Port", "5432"},
    {"dbname", "&Database", "as the user"},
    {"user", "&User", "your login name"},
    {"password", "Pass&word", "from the password file, if there is one"},
    {"service", "&Service", "an entry of pg_service.conf"},
}};

} // namespace

ConnectDialog::ConnectDialog(const ConnectionQuestion& question,
                             ConnectionTest test,
                             PasswordMemory memory,
                             JobRunner& runner,
                             QWidget* parent)
    : QDialog(parent)
    , m_test(std::move(test))
    , m_memory(std::move(memory))
    , m_runner(runner)
    , m_environmentChosen(question.environmentIsKnown)
    , m_projectTarget(question.projectTarget)
    , m_projectReason(question.projectReason)
    , m_address(new QLineEdit(this))
    , m_addressProblem(new QLabel(this))
    , m_environment(new QComboBox(this))
    , m_badge(new EnvironmentBadge(this))
    , m_remember(new QCheckBox(QStringLiteral("&Remember the password in the keychain"), this))
    , m_memoryNote(new QLabel(this))
    , m_testButton(new QPushButton(QStringLiteral("&Test"), this))
    , m_answer(new QLabel(this))
    , m_useProject(new QPushButton(QStringLiteral("Use the project’s own setting"), this))
    , m_connect(new QPushButton(QStringLiteral("Connect"), this))
{
    setObjectName(QStringLiteral("connectDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(QStringLiteral("Connect to a database"));
    createLayout(question);
    connectSignals();
    m_address->setText(question.target);
    followAddress();
    m_address->setFocus();
}

void ConnectDialog::createLayout(const ConnectionQuestion& question)
{
    m_address->setObjectName(QStringLiteral("address"));
    m_address->setAccessibleName(QStringLiteral("Address"));
    m_address->setPlaceholderText(QStringLiteral("postgresql://user@host:5432/database"));
    m_address->setMinimumWidth(460);
    m_addressProblem->setObjectName(QStringLiteral("addressProblem"));
    m_addressProblem->setProperty("tone", QStringLiteral("danger"));
    m_addressProblem->setWordWrap(true);
    m_addressProblem->hide();
    auto* words = new QLabel(
        QStringLiteral("A libpq or SQLAlchemy URL, a keyword string, or the fields below. "
                       "The session is read-only."),
        this);
    words->setProperty("role", QStringLiteral("dim"));
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(8);
    form->addRow(QStringLiteral("&Address"), m_address);
    form->addRow(QString(), m_addressProblem);
    createFields(*form);
    createEnvironment(*form);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(words);
    layout->addLayout(form);
    layout->addWidget(createTestRow());
    layout->addWidget(createButtons());
    const int known = m_environment->findData(static_cast<int>(question.environment));
    m_environment->setCurrentIndex(std::max(0, known));
}

void ConnectDialog::createFields(QFormLayout& form)
{
    for (std::size_t i = 0; i < fieldWords.size(); ++i) {
        const FieldWords& words = fieldWords[i];
        auto* field = new QLineEdit(this);
        field->setObjectName(QLatin1String(words.keyword));
        field->setPlaceholderText(QLatin1String(words.placeholder));
        field->setAccessibleName(QString(QLatin1String(words.label)).remove(QLatin1Char('&')));
        if (i == Password)
            field->setEchoMode(QLineEdit::Password);
        m_fields[i] = field;
        form.addRow(QLatin1String(words.label), field);
    }
    m_remember->setObjectName(QStringLiteral("rememberPassword"));
    m_remember->setEnabled(m_memory.available);
    m_memoryNote->setObjectName(QStringLiteral("memoryNote"));
    m_memoryNote->setProperty("role", QStringLiteral("dim"));
    m_memoryNote->setWordWrap(true);
    m_memoryNote->setText(m_memory.available
                              ? QStringLiteral("It is never written to a settings file.")
                              : QStringLiteral("Passwords can't be kept: %1").arg(m_memory.reason));
    form.addRow(QString(), m_remember);
    form.addRow(QString(), m_memoryNote);
}

void ConnectDialog::createEnvironment(QFormLayout& form)
{
    m_environment->setObjectName(QStringLiteral("environment"));
    m_environment->setAccessibleName(QStringLiteral("Environment"));
    for (const Environment environment : allEnvironments) {
        if (environment != Environment::Ephemeral)
            m_environment->addItem(shownText(environment), static_cast<int>(environment));
    }
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_environment, 1);
    layout->addWidget(m_badge);
    form.addRow(QStringLiteral("&Environment"), row);
    if (auto* label = qobject_cast<QLabel*>(form.labelForField(row)))
        label->setBuddy(m_environment);
}

QWidget* ConnectDialog::createTestRow()
{
    m_testButton->setObjectName(QStringLiteral("testButton"));
    m_testButton->setAutoDefault(false);
    m_answer->setObjectName(QStringLiteral("testAnswer"));
    m_answer->setWordWrap(true);
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_testButton, 0, Qt::AlignTop);
    layout->addWidget(m_answer, 1);
    return row;
}

QWidget* ConnectDialog::createButtons()
{
    m_useProject->setObjectName(QStringLiteral("useProjectSetting"));
    m_useProject->setAutoDefault(false);
    m_useProject->setEnabled(!m_projectTarget.isEmpty());
    m_useProject->setToolTip(m_projectTarget.isEmpty()
                                 ? m_projectReason
                                 : QStringLiteral("sqlalchemy.url: %1").arg(m_projectTarget));
    m_connect->setObjectName(QStringLiteral("connectButton"));
    m_connect->setProperty("kind", QStringLiteral("main"));
    m_connect->setDefault(true);
    auto* cancel = new QPushButton(QStringLiteral("Cancel"), this);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_useProject);
    layout->addStretch(1);
    layout->addWidget(cancel);
    layout->addWidget(m_connect);
    return row;
}

void ConnectDialog::connectSignals()
{
    connect(m_address, &QLineEdit::textEdited, this, &ConnectDialog::followAddress);
    for (QLineEdit* field : m_fields)
        connect(field, &QLineEdit::textEdited, this, &ConnectDialog::followFields);
    connect(m_environment, &QComboBox::activated, this, [this] {
        m_environmentChosen = true;
        followEnvironment();
    });
    connect(
        m_environment, &QComboBox::currentIndexChanged, this, &ConnectDialog::followEnvironment);
    connect(m_testButton, &QPushButton::clicked, this, &ConnectDialog::runTest);
    connect(m_connect, &QPushButton::clicked, this, &ConnectDialog::connectNow);
    connect(m_useProject, &QPushButton::clicked, this, [this] { ask(ConnectProjectDatabase{}); });
    connect(this, &QDialog::finished, this, [this] { m_runner.stop(QLatin1String(testSubject)); });
    followEnvironment();
}

void ConnectDialog::followAddress()
{
    const QString text = m_address->text().trimmed();
    showAddressProblem({});
    if (text.isEmpty())
        return;
    const auto parsed = parseConnectionTarget(toStd(text));
    if (!parsed) {
        showAddressProblem(shownText(parsed.error()));
        return;
    }
    m_otherParameters = parsed->parameters;
    for (std::size_t i = 0; i < fieldWords.size(); ++i) {
        const bool keepsPassword = i == Password && parsed->value("password").empty();
        if (!keepsPassword)
            m_fields[i]->setText(toQString(parsed->value(fieldWords[i].keyword)));
        m_otherParameters.erase(fieldWords[i].keyword);
    }
    if (!m_environmentChosen)
        m_environment->setCurrentIndex(
            m_environment->findData(static_cast<int>(guessEnvironment(*parsed))));
    fillPasswordFromMemory();
}

void ConnectDialog::followFields()
{
    const auto parsed = target();
    if (!parsed) {
        showAddressProblem(shownText(parsed.error()));
        return;
    }
    showAddressProblem({});
    // The address is for eyes too: the password stays in its own field.
    ConnectionTarget shown = *parsed;
    shown.parameters.erase("password");
    m_address->setText(toQString(toConninfo(shown)));
    if (!m_environmentChosen)
        m_environment->setCurrentIndex(
            m_environment->findData(static_cast<int>(guessEnvironment(*parsed))));
}

void ConnectDialog::followEnvironment()
{
    m_badge->setEnvironment(static_cast<Environment>(m_environment->currentData().toInt()));
}

void ConnectDialog::fillPasswordFromMemory()
{
    if (!m_memory.available || !m_memory.read || !m_fields[Password]->text().isEmpty())
        return;
    const QString key = passwordKey();
    m_memory.read(key, this, [this, key](const QString& password) {
        if (password.isEmpty() || key != passwordKey() || !m_fields[Password]->text().isEmpty())
            return;
        m_fields[Password]->setText(password);
        m_remember->setChecked(true);
    });
}

Result<ConnectionTarget> ConnectDialog::target() const
{
    ConnectionTarget fields{.parameters = m_otherParameters};
    for (std::size_t i = 0; i < fieldWords.size(); ++i) {
        const QString text = i == Password ? m_fields[i]->text() : m_fields[i]->text().trimmed();
        if (!text.isEmpty())
            fields.parameters[fieldWords[i].keyword] = toStd(text);
    }
    if (fields.parameters.empty())
        return failure(ErrorCode::Usage, "No address is given.", "Type one, or fill in a field.");
    return parseConnectionTarget(toConninfo(fields));
}

void ConnectDialog::showAddressProblem(const QString& sentence)
{
    m_addressProblem->setText(sentence);
    m_addressProblem->setVisible(!sentence.isEmpty());
    m_address->setAccessibleDescription(sentence);
    m_connect->setEnabled(sentence.isEmpty());
    m_testButton->setEnabled(sentence.isEmpty());
    setStyleProperty(m_address, "tone", sentence.isEmpty() ? QString() : QStringLiteral("danger"));
}

void ConnectDialog::runTest()
{
    const auto where = target();
    if (!where) {
        showAddressProblem(shownText(where.error()));
        return;
    }
    setStyleProperty(m_answer, "tone", QString());
    m_answer->setText(QStringLiteral("Asking %1…").arg(toQString(where->shown)));
    m_runner.start(
        QLatin1String(testSubject),
        this,
        [test = m_test, asked = *where](const RunContext& run) { return test(asked, run); },
        [this](const Result<ServerAnswer>& answer) { showAnswer(answer); });
}

void ConnectDialog::showAnswer(const Result<ServerAnswer>& answer)
{
    setStyleProperty(m_answer, "tone", answer ? QStringLiteral("good") : QStringLiteral("danger"));
    if (!answer) {
        m_answer->setText(shownText(answer.error()));
        return;
    }
    m_answer->setText(
        QStringLiteral("PostgreSQL %1 answers: database %2, user %3.")
            .arg(toQString(answer->version), toQString(answer->database), toQString(answer->user)));
}

QString ConnectDialog::passwordKey() const
{
    QStringList parts;
    for (const Field field : {User, Host, Port, Database, Service})
        parts.append(m_fields[field]->text().trimmed());
    return parts.join(QLatin1Char('|'));
}

void ConnectDialog::connectNow()
{
    const auto where = target();
    if (!where) {
        showAddressProblem(shownText(where.error()));
        return;
    }
    const Request request = ConnectDatabase{
        .target = toQString(toConninfo(*where)),
        .environment = static_cast<Environment>(m_environment->currentData().toInt())};
    const QString password = m_fields[Password]->text();
    if (!m_remember->isChecked() || password.isEmpty() || !m_memory.write) {
        ask(request);
        return;
    }
    m_memory.write(passwordKey(), password, this, [this, request](const QString& problem) {
        if (problem.isEmpty()) {
            ask(request);
            return;
        }
        // The wish to remember failed; connecting is still one press away.
        m_memoryNote->setText(
            QStringLiteral("The password was not kept: %1 Press Connect to go on without.")
                .arg(problem));
        m_remember->setChecked(false);
    });
}

void ConnectDialog::ask(const Request& request)
{
    Q_EMIT chosen(request);
    accept();
}

} // namespace sightglass
