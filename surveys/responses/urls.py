from django.urls import path

from surveys.responses.views import association, preview, survey, territories, trial

ASSOCIATION = "campagnes/<slug:slug>/repondre/<slug:association>/"
SURVEY = "enquete/<slug:slug>/"
TRIAL = "essai/<uuid:key>/"

urlpatterns = [
    path("territoires/<str:field>/", territories.territories, name="territories"),
    path(ASSOCIATION, association.fill, name="fill"),
    path(f"{ASSOCIATION}rubrique/<int:number>/", association.fill_section, name="fill_section"),
    path(f"{ASSOCIATION}resume/", association.fill_summary, name="fill_summary"),
    path(f"{ASSOCIATION}prete/", association.fill_ready, name="fill_ready"),
    path(f"{ASSOCIATION}envoyee/", association.receipt, name="receipt"),
    path(f"{ASSOCIATION}langue/", association.fill_language, name="fill_language"),
    path(f"{ASSOCIATION}fichier/<uuid:file_id>/", association.fill_file, name="fill_file"),
    path(SURVEY, survey.survey, name="survey"),
    path(f"{SURVEY}rubrique/<int:number>/", survey.survey_section, name="survey_section"),
    path(f"{SURVEY}resume/", survey.survey_summary, name="survey_summary"),
    path(f"{SURVEY}envoyee/", survey.survey_receipt, name="survey_receipt"),
    path(f"{SURVEY}plus-tard/", survey.survey_later, name="survey_later"),
    path(f"{SURVEY}langue/", survey.survey_language, name="survey_language"),
    path(f"{SURVEY}reprendre/<str:token>/", survey.survey_resume, name="survey_resume"),
    path(f"{SURVEY}fichier/<uuid:file_id>/", survey.survey_file, name="survey_file"),
    path("questionnaires/<slug:slug>/essai/", trial.try_questionnaire, name="try_questionnaire"),
    path("essai/apercu/", preview.sends_nothing, name="preview_sends_nothing"),
    path(TRIAL, trial.trial, name="trial"),
    path(f"{TRIAL}rubrique/<int:number>/", trial.trial_section, name="trial_section"),
    path(f"{TRIAL}langue/", trial.trial_language, name="trial_language"),
    path(f"{TRIAL}resume/", trial.trial_summary, name="trial_summary"),
    path(f"{TRIAL}envoyee/", trial.trial_receipt, name="trial_receipt"),
    path(f"{TRIAL}donnees/", trial.trial_data, name="trial_data"),
    path(f"{TRIAL}recommencer/", trial.trial_restart, name="trial_restart"),
    path(f"{TRIAL}fichier/<uuid:file_id>/", trial.trial_file, name="trial_file"),
]
